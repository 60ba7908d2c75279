package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.Secret;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.OptionType;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the values of the options of one block. What cannot be read is reported and left out. */
final class BlockReader {
    private final Block block;
    private final Context context;
    private final Set<Class<? extends Annotation>> modelAnnotations;

    BlockReader(Block block, Context context, Set<Class<? extends Annotation>> modelAnnotations) {
        this.block = block;
        this.context = context;
        this.modelAnnotations = modelAnnotations;
    }

    /** Reads the values of all options, and reports every other key. */
    BlockValues read(List<Option<?>> options) {
        Map<Option<?>, Object> values = new HashMap<>();
        for (Option<?> option : options) {
            int problems = context.problems().count();
            Object value = read(option);
            if (value != null) {
                values.put(option, value);
            } else if (problems == context.problems().count()) {
                absent(option);
            }
        }
        block.reportUnknown(options);
        return new BlockValues(options, values);
    }

    private void absent(Option<?> option) {
        if (option.isRequired()) {
            context.problems().add(block.origin(), block.key(), "has no " + option.key());
        } else if (!option.defaultText().isEmpty()) {
            context.description().addDefault(at(option.key()), option.defaultText());
        }
    }

    private @Nullable Object read(Option<?> option) {
        OptionType<?> type = option.type();
        if (type instanceof OptionType.Scalar<?> scalar) {
            return scalar(option, scalar);
        } else if (type instanceof OptionType.Hidden) {
            return hidden(option);
        } else if (type instanceof OptionType.Location) {
            return location(option);
        } else if (type instanceof OptionType.Table) {
            return table(option);
        } else if (type instanceof OptionType.Models) {
            return models(option);
        } else if (type instanceof OptionType.Texts) {
            return texts(option);
        } else if (type instanceof OptionType.Part<?> part) {
            return part(option.key(), part.type());
        } else if (type instanceof OptionType.Objects<?> objects) {
            return objects(option, objects.element());
        }
        throw new IllegalStateException("an option of an unknown type: " + option);
    }

    private @Nullable Object scalar(Option<?> option, OptionType.Scalar<?> type) {
        Setting setting = text(option, article(type));
        if (setting == null) {
            return null;
        }
        try {
            Object value = type.parser().apply(setting.value());
            context.description().add(at(option.key()), setting.value(), setting.origin());
            return value;
        } catch (IllegalArgumentException e) {
            String example = type.choices().isEmpty() ? ", such as " + type.example() : "";
            context.problems()
                    .add(
                            setting.origin(),
                            setting.key(),
                            "must be " + article(type) + example + ", not " + Shape.of(setting.value()));
            return null;
        }
    }

    private static String article(OptionType.Scalar<?> type) {
        return type.choices().isEmpty() ? "a " + type.name() : type.name();
    }

    /** Returns the one value of an option; reports a list or a block in its place. */
    private @Nullable Setting text(Option<?> option, String expected) {
        return isText(option.keys(), expected) ? block.value(option.keys()).orElse(null) : null;
    }

    private boolean isText(List<String> names, String expected) {
        for (String name : names) {
            Key key = Key.parse(name);
            boolean list = block.isList(key);
            if (list || block.isBlock(key)) {
                Block inside = block.child(key);
                context.problems()
                        .add(
                                inside.origin(),
                                inside.key(),
                                "must be " + expected + ", not a " + (list ? "list" : "block"));
                block.skip(key);
                return false;
            }
        }
        return true;
    }

    private @Nullable Secret hidden(Option<?> option) {
        Map<String, Setting> found = new LinkedHashMap<>();
        for (String suffix : List.of("", "-file", "-from")) {
            List<String> keys = option.keys().stream().map(key -> key + suffix).toList();
            if (!isText(keys, "a text")) {
                return null;
            }
            block.value(keys).ifPresent(setting -> found.put(suffix, setting));
        }
        if (found.size() > 1) {
            Setting one = found.values().iterator().next();
            context.problems()
                    .add(
                            one.origin(),
                            block.key(),
                            "has more than one of " + option.key() + ", " + option.key() + "-file and " + option.key()
                                    + "-from; keep one");
            return null;
        }
        for (Map.Entry<String, Setting> entry : found.entrySet()) {
            context.description()
                    .addHidden(
                            at(option.key() + entry.getKey()), entry.getValue().origin());
            return secret(entry.getKey(), entry.getValue());
        }
        return null;
    }

    private @Nullable Secret secret(String suffix, Setting setting) {
        return switch (suffix) {
            case "-file" -> SecretFile.secret(setting, context);
            case "-from" -> context.secret(setting).orElse(null);
            default -> Secret.of(setting.value());
        };
    }

    /** A text from a stronger source stands in for the fields. */
    private @Nullable Address location(Option<?> option) {
        Key relative = Key.parse(option.key());
        Setting setting = block.value(option.keys()).orElse(null);
        if (setting == null) {
            return block.isBlock(relative) ? fields(block.block(relative)) : null;
        }
        block.skip(relative);
        Address address = Address.of(setting.value());
        if (address.scheme().isEmpty()) {
            String wanted = "must be a URL, such as jdbc:postgresql://host/name, not ";
            context.problems().add(setting.origin(), setting.key(), wanted + Shape.of(setting.value()));
            return null;
        }
        context.description().add(at(option.key()), address.toString(), setting.origin());
        return address;
    }

    private @Nullable Address fields(Block fields) {
        int problems = context.problems().count();
        BlockValues values = new BlockReader(fields, context, Set.of()).read(UrlFields.ALL);
        if (problems != context.problems().count()) {
            return null;
        }
        try {
            return Address.of(UrlFields.url(values));
        } catch (ConfigurationException e) {
            context.problems().addAll(fields.origin(), fields.key(), e);
            return null;
        }
    }

    private @Nullable Map<String, String> table(Option<?> option) {
        Map<String, String> table = new LinkedHashMap<>();
        block.table(Key.parse(option.key())).forEach((name, setting) -> {
            table.put(name, setting.value());
            context.description().addHidden(setting.key(), setting.origin());
        });
        return table.isEmpty() ? null : table;
    }

    private @Nullable List<String> texts(Option<?> option) {
        List<String> texts = list(option).stream().map(Setting::value).toList();
        return texts.isEmpty() ? null : texts;
    }

    private @Nullable List<Class<?>> models(Option<?> option) {
        Set<Class<?>> models = new LinkedHashSet<>();
        for (Setting name : list(option)) {
            models.addAll(models(name));
        }
        return models.isEmpty() ? null : List.copyOf(models);
    }

    private List<Class<?>> models(Setting name) {
        Optional<Class<?>> type = context.classes().find(name.value());
        if (type.isPresent()) {
            return List.of(type.get());
        }
        List<Class<?>> found =
                modelAnnotations.isEmpty() ? List.of() : context.classes().inPackage(name.value(), modelAnnotations);
        if (found.isEmpty()) {
            context.problems()
                    .add(
                            name.origin(),
                            name.key(),
                            "names neither a class on the class path nor a package with models in it: "
                                    + Shape.ofName(name));
        }
        return found;
    }

    /** Returns the elements of a list, or of a text with commas. */
    private List<Setting> list(Option<?> option) {
        List<Setting> elements = new ArrayList<>();
        for (String name : option.keys()) {
            for (Key element : elements(Key.parse(name))) {
                block.value(element.property()).ifPresent(elements::add);
            }
        }
        Optional<Setting> text = block.value(option.keys());
        boolean textWins = text.isPresent()
                && elements.stream()
                        .allMatch(element -> element.ordinal() < text.get().ordinal());
        List<Setting> list = textWins ? split(text.get()) : elements;
        list.forEach(element -> context.description().add(at(option.key()), element.value(), element.origin()));
        return list;
    }

    /** Returns the keys of the elements of a list, those of its strongest source only: a list is replaced as a whole. */
    private List<Key> elements(Key list) {
        Map<Key, Integer> strengths = new LinkedHashMap<>();
        int length = block.length(list);
        for (int index = 0; index < length; index++) {
            strengths.put(list.element(index), strength(list.element(index)));
        }
        int most = length > 0 ? Collections.max(strengths.values()) : 0;
        List<Key> weaker = strengths.entrySet().stream()
                .filter(element -> element.getValue() < most)
                .map(Map.Entry::getKey)
                .toList();
        weaker.forEach(block::skip);
        strengths.keySet().removeAll(weaker);
        return List.copyOf(strengths.keySet());
    }

    private int strength(Key part) {
        return Math.max(strengthOfName(part), strengthOfBlock(part));
    }

    private int strengthOfName(Key part) {
        return block.value(part.property()).map(Setting::ordinal).orElse(-1);
    }

    /** A block is as strong as its kind: other options only change the object that the kind builds. */
    private int strengthOfBlock(Key part) {
        return block.isBlock(part)
                ? block.child(part)
                        .value(DatabaseBlock.KIND.key())
                        .map(Setting::ordinal)
                        .orElse(0)
                : -1;
    }

    private static List<Setting> split(Setting text) {
        List<Setting> elements = new ArrayList<>();
        for (String element : text.value().split(",")) {
            if (!element.isBlank()) {
                elements.add(new Setting(text.key(), element.strip(), text.origin(), text.literal(), text.ordinal()));
            }
        }
        return elements;
    }

    private @Nullable List<Object> objects(Option<?> option, Class<?> type) {
        Key key = Key.parse(option.key());
        List<Object> objects = new ArrayList<>();
        List<Key> elements = elements(key);
        int strength = elements.stream().mapToInt(this::strength).max().orElse(-1);
        if (strengthOfName(key) > strength) {
            block.skip(key);
            list(option).forEach(name -> add(new Parts(context, type).named(name, block.child(key)), objects));
        } else {
            elements.forEach(element -> add(part(element.property(), type), objects));
        }
        return objects.isEmpty() ? null : objects;
    }

    private static void add(@Nullable Object object, List<Object> objects) {
        if (object != null) {
            objects.add(object);
        }
    }

    private @Nullable Object part(String name, Class<?> type) {
        Key key = Key.parse(name);
        if (block.isBlock(key) && strengthOfBlock(key) >= strengthOfName(key)) {
            return new Parts(context, type).built(block.block(key));
        }
        block.skip(key);
        Optional<Setting> setting = block.value(name);
        setting.ifPresent(found -> context.description().add(at(name), found.value(), found.origin()));
        return setting.map(found -> new Parts(context, type).named(found, block.child(key)))
                .orElse(null);
    }

    private Key at(String name) {
        return block.key().plus(Key.parse(name));
    }
}
