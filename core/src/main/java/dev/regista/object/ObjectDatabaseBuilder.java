package dev.regista.object;

import dev.regista.callback.Hook;
import dev.regista.spi.AbstractDatabaseBuilder;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link ObjectDatabase}. Not safe for use by several threads.
 *
 * @param <O> the object
 * @param <S> what units of work get
 */
public final class ObjectDatabaseBuilder<O, S>
        extends AbstractDatabaseBuilder<ObjectDatabase<O, S>, ObjectDatabaseBuilder<O, S>> {
    private final Callable<? extends O> open;
    private final Class<S> sessionType;
    private final Function<? super O, ? extends S> newSession;
    private @Nullable Hook<? super S> commit;
    private @Nullable Hook<? super S> rollback;
    private @Nullable Hook<? super S> release;
    private @Nullable Hook<? super O> close;

    ObjectDatabaseBuilder(
            Callable<? extends O> open, Class<S> sessionType, Function<? super O, ? extends S> newSession) {
        this.open = Objects.requireNonNull(open, "open");
        this.sessionType = Objects.requireNonNull(sessionType, "sessionType");
        this.newSession = Objects.requireNonNull(newSession, "newSession");
    }

    /**
     * Commits a session, at the end of each unit of work that writes and does not fail. Default: nothing.
     *
     * @param hook gets the unit's session
     */
    public ObjectDatabaseBuilder<O, S> commit(Hook<? super S> hook) {
        this.commit = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /**
     * Rolls a session back, when a unit of work that writes has failed, or its commit has. Default: nothing.
     *
     * @param hook gets the unit's session
     */
    public ObjectDatabaseBuilder<O, S> rollback(Hook<? super S> hook) {
        this.rollback = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /**
     * Gives a session back, exactly once at the end of each unit of work, whatever its outcome. Default: nothing.
     *
     * @param hook gets the unit's session
     */
    public ObjectDatabaseBuilder<O, S> release(Hook<? super S> hook) {
        this.release = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /**
     * Closes the object, each time the database is closed. Default: nothing, the object stays usable.
     *
     * @param hook gets the object
     */
    public ObjectDatabaseBuilder<O, S> close(Hook<? super O> hook) {
        this.close = Objects.requireNonNull(hook, "hook");
        return this;
    }

    @Override
    public ObjectDatabase<O, S> build(String name) {
        return new DefaultObjectDatabase<>(
                settings(name), open, close, new Sessions<>(sessionType, newSession, commit, rollback, release));
    }

    @Override
    protected ObjectDatabaseBuilder<O, S> self() {
        return this;
    }

    /** What happens to the sessions; immutable. */
    record Sessions<O, S>(
            Class<S> type,
            Function<? super O, ? extends S> begin,
            @Nullable Hook<? super S> commit,
            @Nullable Hook<? super S> rollback,
            @Nullable Hook<? super S> release) {}
}
