package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the block of one database. */
final class DatabaseBlock {
    static final Option<String> KIND = Option.text("kind")
            .describedAs("The kind of database: its short name, or the name of a class; default: the one that the URL"
                    + " implies.");
    static final Option<Boolean> DEFAULT = Option.flag("default")
            .describedAs("Whether it is the main database; needed if none is named `main` and there are several.");
    static final Option<String> INSTANCE_KEY = Option.text("instance-key")
            .describedAs("Shares one database between the registries of a program, under this key.");

    private static final Set<String> NOT_ITS_OWN = Set.of(DEFAULT.key(), INSTANCE_KEY.key());

    private final Block block;
    private final Context context;
    private final Asked asked;
    private final String name;

    DatabaseBlock(Block block, Context context, Asked asked) {
        this.block = block;
        this.context = context;
        this.asked = asked;
        this.name = block.key().name();
    }

    /** Reads the block; empty if something is wrong with it, which has been reported. */
    Optional<Declared> read() {
        int problems = context.problems().count();
        Origin origin = block.origin();
        Optional<String> instanceKey = block.value(INSTANCE_KEY.key()).map(Setting::value);
        if (instanceKey.isPresent() && block.hasOnly(NOT_ITS_OWN)) {
            BlockValues values = new BlockReader(block, context, Set.of()).read(List.of(DEFAULT, INSTANCE_KEY));
            return Optional.of(declared(origin, null, values));
        }
        Optional<DatabaseKind> kind = kind();
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        BlockReader reader = new BlockReader(block, context, kind.get().modelAnnotations());
        BlockValues values = reader.read(options(kind.get()));
        if (problems != context.problems().count()) {
            return Optional.empty();
        }
        try {
            @Nullable AbstractDatabaseBuilder<?, ?> builder = kind.get().build(values);
            if (builder == null) {
                context.problems().add(origin, block.key() + ": its kind has built nothing");
                return Optional.empty();
            }
            builder.configure(values);
            return Optional.of(declared(origin, builder, values));
        } catch (ConfigurationException e) {
            context.problems().addAll(origin, block.key(), e);
            return Optional.empty();
        }
    }

    /** Returns the options of the block of a kind. */
    static List<Option<?>> options(DatabaseKind kind) {
        return Stream.of(List.of(KIND, DEFAULT, INSTANCE_KEY), kind.options(), AbstractDatabaseBuilder.commonOptions())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Declared declared(Origin origin, @Nullable AbstractDatabaseBuilder<?, ?> builder, BlockValues values) {
        return new Declared(
                name,
                block.key(),
                origin,
                builder,
                values.find(INSTANCE_KEY),
                values.find(DEFAULT).orElse(false),
                null,
                asked.fingerprint(block.key(), NOT_ITS_OWN));
    }

    private Optional<DatabaseKind> kind() {
        Optional<Setting> named = block.value(KIND.key());
        return named.isPresent() ? named(named.get()) : impliedByUrl();
    }

    private Optional<DatabaseKind> named(Setting setting) {
        List<String> names = context.kinds().stream().map(DatabaseKind::name).toList();
        Optional<DatabaseKind> known = context.kinds().stream()
                .filter(kind -> kind.name().equals(setting.value()))
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        if (context.classes().find(setting.value()).isEmpty()) {
            context.problems()
                    .add(
                            setting.origin(),
                            setting.key(),
                            "is neither a kind of database nor a class that is one: " + Shape.ofName(setting)
                                    + Spelling.hint(setting.value(), names));
            return Optional.empty();
        }
        return context.instance(setting, DatabaseKind.class).map(DatabaseKind.class::cast);
    }

    private Optional<DatabaseKind> impliedByUrl() {
        int problems = context.problems().count();
        Optional<String> scheme = scheme();
        Optional<DatabaseKind> kind = scheme.flatMap(found ->
                context.kinds().stream().filter(other -> other.accepts(found)).findFirst());
        if (kind.isEmpty() && problems == context.problems().count()) {
            String names = String.join(
                    ", ", context.kinds().stream().map(DatabaseKind::name).toList());
            context.problems()
                    .add(
                            block.origin(),
                            block.key(),
                            (scheme.isEmpty()
                                            ? "has neither a kind nor a url that implies one"
                                            : "has a url that implies no kind of database that is on the class path")
                                    + "; there are the kinds: " + (names.isEmpty() ? "none" : names));
        }
        return kind;
    }

    private Optional<String> scheme() {
        Block fields = block.child(Key.parse("url"));
        return block.value("url")
                .or(() -> fields.value(List.of("scheme", "protocol")))
                .map(setting -> setting.value() + (setting.key().equals(fields.key()) ? "" : "://"))
                .map(text -> Address.of(text).scheme())
                .filter(text -> !text.isEmpty());
    }
}
