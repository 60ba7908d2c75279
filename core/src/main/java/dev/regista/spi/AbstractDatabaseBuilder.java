package dev.regista.spi;

import dev.regista.Database;
import dev.regista.DatabaseBuilder;
import dev.regista.callback.Hook;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.OptionType;
import dev.regista.spi.config.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The settings that every kind of database has, for its builder to extend.
 *
 * @param <D> the database it builds
 * @param <B> the builder itself
 */
public abstract class AbstractDatabaseBuilder<D extends Database<?>, B extends AbstractDatabaseBuilder<D, B>>
        implements DatabaseBuilder<D> {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Option<List<Class<?>>> MODELS = Option.of("models", new OptionType.Models())
            .describedAs("The models that live in this database: classes, or packages in which they are looked for.");
    private static final Option<Boolean> REQUIRED = Option.flag("required")
            .defaultsTo("true")
            .describedAs("Whether opening the registry fails while this database cannot be reached.");
    private static final Option<Duration> CONNECT_TIMEOUT =
            Option.duration("connect-timeout").defaultsTo("10s").describedAs("How long opening may take.");
    private static final Option<Duration> CLOSE_TIMEOUT = Option.duration("close-timeout")
            .defaultsTo("10s")
            .describedAs("How long closing waits for the work under way before it is cut off.");

    @SuppressWarnings("unchecked") // a hook for another kind of database fails when it is called, as from a raw builder
    private static final Class<Hook<Object>> HOOK = (Class<Hook<Object>>) (Class<?>) Hook.class;

    private static final Option<List<Hook<Object>>> ON_OPEN = Option.objects("on-open", HOOK)
            .describedAs("Hooks that are called, in this order, each time the database has been opened.");
    private static final Option<List<Hook<Object>>> ON_CLOSE = Option.objects("on-close", HOOK)
            .describedAs("Hooks that are called, in reverse order, each time the database is about to close.");

    private final Set<Class<?>> models = new LinkedHashSet<>();
    private final List<Hook<? super D>> openHooks = new ArrayList<>();
    private final List<Hook<? super D>> closeHooks = new ArrayList<>();
    private boolean required = true;
    private Duration connectTimeout = DEFAULT_TIMEOUT;
    private Duration closeTimeout = DEFAULT_TIMEOUT;

    /** For subclasses. */
    protected AbstractDatabaseBuilder() {}

    /**
     * Adds model classes that live in this database. Default: none.
     *
     * @param classes the classes; one given twice counts once
     */
    public B models(Class<?>... classes) {
        return models(List.of(classes));
    }

    /**
     * Adds model classes that live in this database. Default: none.
     *
     * @param classes the classes; one given twice counts once
     */
    public B models(Iterable<Class<?>> classes) {
        classes.forEach(type -> models.add(Objects.requireNonNull(type, "model")));
        return self();
    }

    /**
     * Whether the database must be up for a connect to succeed. If not, a connect succeeds while its server cannot be
     * reached, its use throws {@link dev.regista.DatabaseDownException}, and it is tried again in the background, at
     * growing intervals of up to 30 seconds. Default: true.
     */
    public B required(boolean mustBeUp) {
        this.required = mustBeUp;
        return self();
    }

    /**
     * How long opening may take, open hooks not counted. Default: 10 seconds.
     *
     * @param limit more than zero
     */
    public B connectTimeout(Duration limit) {
        this.connectTimeout = Objects.requireNonNull(limit, "limit");
        return self();
    }

    /**
     * How long closing waits for the work under way before it is cut off. Default: 10 seconds.
     *
     * @param limit not negative; zero does not wait
     */
    public B closeTimeout(Duration limit) {
        this.closeTimeout = Objects.requireNonNull(limit, "limit");
        return self();
    }

    /**
     * Calls a hook each time the database has been opened, before anyone else can use it. If it fails, the database is
     * closed again, and the connect fails.
     *
     * @param hook called in the thread that opens, in the order registered
     */
    public B onOpen(Hook<? super D> hook) {
        openHooks.add(Objects.requireNonNull(hook, "hook"));
        return self();
    }

    /**
     * Calls a hook each time the database is about to close, when no one else can use it any more.
     *
     * @param hook called in the thread that closes, in reverse of the order registered
     */
    public B onClose(Hook<? super D> hook) {
        closeHooks.add(0, Objects.requireNonNull(hook, "hook"));
        return self();
    }

    /**
     * Returns what has been set so far, under a name.
     *
     * @throws dev.regista.ConfigurationException naming everything that cannot work
     */
    protected final DatabaseSettings<D> settings(String name) {
        return new DatabaseSettings<>(name, models, required, connectTimeout, closeTimeout, openHooks, closeHooks);
    }

    /** Returns the options that the block of every database has in a configuration; {@link #configure} applies them. */
    public static List<Option<?>> commonOptions() {
        return List.of(MODELS, REQUIRED, CONNECT_TIMEOUT, CLOSE_TIMEOUT, ON_OPEN, ON_CLOSE);
    }

    /**
     * Sets what a configuration says for {@link #commonOptions()}. What it does not say stays.
     *
     * @param values the values of a block that has these options
     */
    public B configure(Values values) {
        values.ifSet(MODELS, this::models);
        values.ifSet(REQUIRED, this::required);
        values.ifSet(CONNECT_TIMEOUT, this::connectTimeout);
        values.ifSet(CLOSE_TIMEOUT, this::closeTimeout);
        values.ifSet(ON_OPEN, hooks -> hooks.forEach(this::onOpen));
        values.ifSet(ON_CLOSE, hooks -> hooks.forEach(this::onClose));
        return self();
    }

    /** Returns this builder as its own type. */
    protected abstract B self();
}
