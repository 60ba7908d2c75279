package dev.regista.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.OptionType;
import dev.regista.spi.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference page and the JSON Schema of a configuration from the options that the code reads. */
final class Reference {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<DatabaseKind> kinds;
    private final List<Section<?>> sections;

    Reference(List<DatabaseKind> kinds, List<Section<?>> sections) {
        this.kinds = kinds;
        this.sections = sections;
    }

    String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration reference

                Every option of a configuration file. This page is written by the build from the options that the code reads; \
                the [guide](../guides/configuration.md) explains them. Keys may have underscores for dashes. \
                Dots are nested blocks: `pool.size` is `size` in the block `pool`. \
                For an editor, there is a [JSON Schema](regista.schema.json).

                | value | looks like |
                | --- | --- |
                | duration | `250ms`, `30s`, `10m`, `2h`, `1d`; a number alone is seconds; ISO 8601 (`PT30S`) |
                | secret | a text; or the option with `-file` (the name of a file, read when it is needed) or `-from` (the name of a `Secret` that the program provides) in its place |
                | URL | one text, or a block of [fields](#fields-of-a-url) |
                | table | a block of names and texts |
                | models | a list of classes and packages; or one text, separated by commas |
                | object | the name of something that the program provides; or of a class; or a block with `kind`, the name of a class, and its options |
                """);
        section(
                page,
                "The registry",
                "The block `regista`, or the one that the program names. Its block `databases` has a block for each database.",
                RegistryReader.OPTIONS);
        for (Section<?> each : sections) {
            section(page, "The block `" + each.name() + "`", each.description(), each.options());
        }
        List<Option<?>> every =
                new ArrayList<>(List.of(DatabaseBlock.KIND, DatabaseBlock.DEFAULT, DatabaseBlock.INSTANCE_KEY));
        every.addAll(AbstractDatabaseBuilder.commonOptions());
        section(page, "Every database", "", every);
        for (DatabaseKind kind : kinds) {
            section(page, "Kind `" + kind.name() + "`", kind.description(), kind.options());
        }
        section(page, "Fields of a URL", "", UrlFields.ALL);
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String text, List<Option<?>> options) {
        page.append("\n## ").append(title).append("\n\n");
        if (!text.isEmpty()) {
            page.append(text).append("\n\n");
        }
        page.append("| option | value | default | |\n| --- | --- | --- | --- |\n");
        for (Option<?> option : options) {
            String aliases = option.aliases().isEmpty()
                    ? ""
                    : " Also: "
                            + option.aliases().stream()
                                    .map(alias -> "`" + alias + "`")
                                    .collect(Collectors.joining(", "))
                            + ".";
            page.append("| `%s` | %s | %s | %s%s |\n"
                    .formatted(
                            option.key(),
                            value(option.type()),
                            option.isRequired()
                                    ? "required"
                                    : option.defaultText().isEmpty() ? "" : "`" + option.defaultText() + "`",
                            option.description(),
                            aliases));
        }
    }

    private static String value(OptionType<?> type) {
        if (type instanceof OptionType.Scalar<?> scalar) {
            return scalar.choices().isEmpty()
                    ? scalar.name()
                    : scalar.choices().stream()
                            .map(choice -> "`" + choice + "`")
                            .collect(Collectors.joining(", "));
        } else if (type instanceof OptionType.Hidden) {
            return "secret";
        } else if (type instanceof OptionType.Location) {
            return "URL";
        } else if (type instanceof OptionType.Table) {
            return "table";
        } else if (type instanceof OptionType.Models) {
            return "models";
        } else if (type instanceof OptionType.Texts) {
            return "list of texts";
        } else if (type instanceof OptionType.Part<?> part) {
            return "object: `" + part.type().getSimpleName() + "`";
        } else if (type instanceof OptionType.Objects<?> objects) {
            return "list of objects: `" + objects.element().getSimpleName() + "`";
        }
        throw new IllegalStateException(String.valueOf(type));
    }

    String schema() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "A configuration of Regista");
        ObjectNode registry = block(RegistryReader.OPTIONS);
        ObjectNode databases = JSON.createObjectNode().put("type", "object");
        sections.forEach(each -> registry.withObject("/properties").set(each.name(), block(each.options())));
        databases.set("additionalProperties", JSON.createObjectNode().put("$ref", "#/$defs/database"));
        registry.withObject("/properties").set("databases", databases);
        registry.putArray("required").add("databases");
        schema.put("type", "object");
        schema.withObject("/properties").set("regista", registry);
        schema.putArray("required").add("regista");
        schema.withObject("/$defs").set("database", database());
        return pretty(schema);
    }

    /** A block of a kind that is named by its class may have anything in it. */
    private ObjectNode database() {
        ObjectNode database = JSON.createObjectNode().put("type", "object");
        ArrayNode anyOf = database.putArray("anyOf");
        for (DatabaseKind kind : kinds) {
            ObjectNode known = block(DatabaseBlock.options(kind));
            known.withObject("/properties/kind").put("const", kind.name());
            if (!isImplied(kind)) {
                known.putArray("required").add(DatabaseBlock.KIND.key());
            }
            anyOf.add(known);
        }
        ObjectNode own = anyOf.addObject();
        own.withObject("/properties/kind").put("type", "string").put("pattern", "\\.");
        own.putArray("required").add("kind");
        return database;
    }

    /** Whether there are URLs that imply this kind: not if it has left the default as it is. */
    private static boolean isImplied(DatabaseKind kind) {
        try {
            return kind.getClass().getMethod("accepts", String.class).getDeclaringClass() != DatabaseKind.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode block(List<Option<?>> options) {
        ObjectNode block = JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        for (Option<?> option : options) {
            ObjectNode target = block;
            String[] path = option.key().split("\\.");
            for (int i = 0; i < path.length - 1; i++) {
                ObjectNode properties = target.withObject("/properties");
                target = properties.has(path[i])
                        ? (ObjectNode) properties.get(path[i])
                        : properties.putObject(path[i]).put("type", "object").put("additionalProperties", false);
            }
            String name = path[path.length - 1];
            target.withObject("/properties").set(name, described(value(option.type(), false), option));
            if (option.type() instanceof OptionType.Hidden) {
                for (String suffix : List.of("-file", "-from")) {
                    target.withObject("/properties")
                            .set(
                                    name + suffix,
                                    described(JSON.createObjectNode().put("type", "string"), option));
                }
            }
        }
        return block;
    }

    private static ObjectNode described(ObjectNode value, Option<?> option) {
        if (!option.description().isEmpty()) {
            value.put("description", option.description());
        }
        if (!option.defaultText().isEmpty()) {
            value.put("default", option.defaultText());
        }
        return value;
    }

    private static ObjectNode value(OptionType<?> type, boolean inside) {
        ObjectNode value = JSON.createObjectNode();
        if (type instanceof OptionType.Scalar<?> scalar) {
            scalar(value, scalar);
        } else if (type instanceof OptionType.Hidden) {
            value.putArray("type").add("string").add("number");
        } else if (type instanceof OptionType.Location) {
            value.putArray("anyOf")
                    .add(JSON.createObjectNode().put("type", "string"))
                    .add(block(UrlFields.ALL));
        } else if (type instanceof OptionType.Table) {
            value.put("type", "object");
        } else if (type instanceof OptionType.Texts) {
            value.putArray("type").add("string").add("array");
        } else if (type instanceof OptionType.Part<?>) {
            value.putArray("type").add("string").add("object");
        } else {
            value.putArray("type").add("string").add("object").add("array");
        }
        return value;
    }

    /** Any value may be an expression, which is a text. */
    private static void scalar(ObjectNode value, OptionType.Scalar<?> scalar) {
        ObjectNode expression = JSON.createObjectNode().put("type", "string").put("pattern", "\\$\\{.+\\}");
        switch (scalar.name()) {
            case "whole number" ->
                value.putArray("anyOf")
                        .add(JSON.createObjectNode().put("type", "integer"))
                        .add(expression);
            case "true or false" ->
                value.putArray("anyOf")
                        .add(JSON.createObjectNode().put("type", "boolean"))
                        .add(expression);
            case "duration" -> value.putArray("type").add("string").add("integer");
            default -> {
                if (scalar.choices().isEmpty()) {
                    value.putArray("type").add("string").add("number");
                } else {
                    ArrayNode choices = JSON.createArrayNode();
                    scalar.choices().forEach(choices::add);
                    ObjectNode choice = JSON.createObjectNode();
                    choice.set("enum", choices);
                    value.putArray("anyOf").add(choice).add(expression);
                }
            }
        }
    }

    private static String pretty(ObjectNode json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return JSON.writer(printer).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
