package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.callback.Hook;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the block of a registry, and makes a builder of it. */
final class RegistryReader {
    @SuppressWarnings("unchecked") // a hook for something else fails when it is called, as from a raw builder
    private static final Class<Hook<Object>> HOOK = (Class<Hook<Object>>) (Class<?>) Hook.class;

    static final Option<String> SCHEMA =
            Option.text("schema").describedAs("The schema of the models of the main database that name none.");
    static final Option<List<Hook<Object>>> ON_OPEN = Option.objects("on-open", HOOK)
            .describedAs("Hooks that are called, in this order, each time the registry has opened.");
    static final Option<List<Hook<Object>>> ON_CLOSE = Option.objects("on-close", HOOK)
            .describedAs("Hooks that are called, in reverse order, each time the registry is about to close.");
    static final List<Option<?>> OPTIONS = List.of(SCHEMA, ON_OPEN, ON_CLOSE);

    private static final Key DATABASES = Key.parse("databases");

    private final Effective effective;
    private final Key prefix;
    private final Context context;
    private final Problems problems;
    private final Asked asked = new Asked();

    RegistryReader(Effective effective, Key prefix, Context context) {
        this.effective = effective;
        this.prefix = prefix;
        this.context = context;
        this.problems = context.problems();
    }

    /**
     * What the block of a registry says.
     *
     * @param main the name of the main database
     * @param databases in their order
     * @param sections what the blocks beside the databases say
     */
    record Declarations(
            List<Hook<Object>> onOpen,
            List<Hook<Object>> onClose,
            String main,
            List<Declared> databases,
            List<Object> sections) {}

    /**
     * Reads everything; what is wrong goes to the problems.
     *
     * @param variables the names of all environment variables
     * @param models more models, by the name of the database
     */
    Declarations read(Set<String> variables, Map<String, List<Class<?>>> models) {
        if (!effective.exists(prefix)) {
            problems.add(effective.origin(prefix), whatThereIs());
            problems.throwIfAny();
        }
        Block registry = new Block(effective, prefix, problems, asked);
        checkIsBlock(registry);
        boolean hasDatabases = registry.has(DATABASES);
        Block parent = hasDatabases ? registry.block(DATABASES) : registry;
        List<String> names = names(parent);
        names.forEach(name -> parent.skip(Key.ROOT.child(name)));
        reportOthers(parent, names);
        List<Object> sections = new ArrayList<>();
        Context inside = context.providing(sections(registry, sections));
        BlockValues values = new BlockReader(registry, inside, Set.of()).read(OPTIONS);
        List<Declared> databases = new ArrayList<>();
        for (String name : names) {
            Block block = new Block(effective, parent.key().child(name), problems, asked);
            new DatabaseBlock(block, inside, asked).read().ifPresent(databases::add);
        }
        String main = main(parent, names, databases);
        databases.replaceAll(database -> withModels(database, models));
        values.find(SCHEMA)
                .ifPresent(schema -> databases.replaceAll(
                        database -> database.name().equals(main) ? database.in(schema) : database));
        reportStrangers(models, names);
        Declarations declarations = new Declarations(
                values.find(ON_OPEN).orElse(List.of()),
                values.find(ON_CLOSE).orElse(List.of()),
                main,
                databases,
                sections);
        new Checks(declarations, problems).run();
        if (databases.size() == names.size()) {
            reportVariables(variables, hasDatabases ? parent.key() : null, names, parent);
        }
        return declarations;
    }

    /** Reads the blocks beside the databases, and returns what they provide. */
    private Map<String, Object> sections(Block registry, List<Object> built) {
        Map<String, Object> provided = new HashMap<>();
        for (Section<?> section : context.sections()) {
            Key key = Key.parse(section.name());
            if (registry.has(key) && !registry.isBlock(key)) {
                problems.add(registry.child(key).origin(), prefix.plus(key), "must be a block");
            }
            read(section, registry.block(key), built, provided);
        }
        return provided;
    }

    private <T> void read(Section<T> section, Block block, List<Object> built, Map<String, Object> provided) {
        int before = problems.count();
        BlockValues values = new BlockReader(block, context, Set.of()).read(section.options());
        if (before != problems.count()) {
            return;
        }
        try {
            T object = section.build(values);
            built.add(object);
            provided.putAll(section.provides(object));
        } catch (ConfigurationException e) {
            problems.addAll(block.origin(), block.key(), e);
        }
    }

    private void checkIsBlock(Block registry) {
        boolean isList = registry.isList(DATABASES);
        boolean isText = !registry.isBlock(DATABASES)
                && registry.value(DATABASES.property()).isPresent();
        if (isList || isText) {
            problems.add(
                    registry.child(DATABASES).origin(),
                    prefix.plus(DATABASES),
                    "must be a block of named databases, not a " + (isList ? "list" : "text"));
            problems.throwIfAny();
        }
    }

    /** Directly below the prefix, a block is a database unless it is an option of the registry. */
    private List<String> names(Block parent) {
        List<String> names = new ArrayList<>();
        for (String name : effective.names(parent.key())) {
            Key key = parent.key().child(name);
            if (isDatabase(key, name) && effective.isInFile(key)) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean isDatabase(Key key, String name) {
        String dashed = name.replace('_', '-');
        boolean isOption = OPTIONS.stream().anyMatch(option -> option.key().equals(dashed))
                || context.sections().stream()
                        .anyMatch(section -> section.name().equals(dashed));
        return !isOption && effective.find(key).isEmpty();
    }

    /** Properties add no database. */
    private void reportOthers(Block parent, List<String> names) {
        for (String name : effective.names(parent.key())) {
            Key key = parent.key().child(name);
            if (isDatabase(key, name) && !names.contains(name)) {
                parent.skip(Key.ROOT.child(name));
                problems.add(
                        effective.keysBelow(key).stream()
                                .findFirst()
                                .map(effective::origin)
                                .orElse(parent.origin()),
                        key,
                        "sets no option of a database that is in the configuration" + Spelling.hint(name, names));
            }
        }
    }

    private String main(Block parent, List<String> names, List<Declared> databases) {
        List<Declared> marked = databases.stream().filter(Declared::isDefault).toList();
        if (marked.size() > 1) {
            marked.forEach(database -> problems.add(
                    database.origin(),
                    database.key(),
                    "is one of " + marked.size() + " databases that are the default; keep one"));
        }
        if (!marked.isEmpty()) {
            return marked.get(0).name();
        }
        if (names.contains(Registry.MAIN) || names.size() == 1) {
            return names.size() == 1 ? names.get(0) : Registry.MAIN;
        }
        if (names.isEmpty()) {
            problems.add(parent.origin(), parent.key(), "has no databases");
        } else if (databases.size() == names.size()) {
            problems.add(
                    parent.origin(),
                    parent.key(),
                    "has no main database: name one 'main', or say 'default: true'" + " in one of "
                            + String.join(", ", names));
        }
        return Registry.MAIN;
    }

    private Declared withModels(Declared database, Map<String, List<Class<?>>> models) {
        List<Class<?>> more = models.get(database.name());
        return more == null ? database : database.with(more, problems);
    }

    private void reportStrangers(Map<String, List<Class<?>>> models, List<String> names) {
        models.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add(
                        Origin.of(Sources.PROGRAM_NAME),
                        "models for '" + name + "', which is not a database" + Spelling.hint(name, names)));
    }

    /**
     * An environment variable that looks like one of ours and sets nothing is a spelling mistake; if all databases could be
     * read, so that it is known what can be set.
     */
    private void reportVariables(Set<String> variables, @Nullable Key databases, List<String> names, Block parent) {
        List<String> starts = databases == null
                ? names.stream()
                        .map(name -> Sources.variable(parent.key().child(name)) + "_")
                        .toList()
                : List.of(Sources.variable(databases) + "_");
        variables.stream()
                .filter(variable -> starts.stream().anyMatch(variable::startsWith))
                .filter(variable -> !asked.hasVariable(variable))
                .sorted()
                .forEach(variable -> problems.add(
                        Origin.of("environment variable " + variable),
                        "sets no option of a database that is in the configuration"
                                + Spelling.nearest(variable, asked.variables())
                                        .map(other -> "; did you mean " + other + "?")
                                        .orElse("")));
    }

    private String whatThereIs() {
        Key above = prefix;
        while (above.depth() > 0 && !effective.exists(above)) {
            above = above.upTo(above.depth() - 1);
        }
        if (prefix.depth() == 0) {
            return "there is nothing in it";
        }
        Set<String> names = effective.names(above);
        String missing = "there is no '" + prefix + "'";
        return names.isEmpty()
                ? missing
                : missing + "; " + (above.depth() == 0 ? "at the top" : "in " + above) + " there are: "
                        + String.join(", ", names);
    }
}
