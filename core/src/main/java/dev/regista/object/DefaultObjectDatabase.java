package dev.regista.object;

import dev.regista.callback.Hook;
import dev.regista.object.ObjectDatabaseBuilder.Sessions;
import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Hands out an object, or sessions made from it, and calls the callbacks. */
final class DefaultObjectDatabase<O, S> extends AbstractDatabase<S, ObjectDatabase<O, S>>
        implements ObjectDatabase<O, S> {
    private final Callable<? extends O> open;
    private final @Nullable Hook<? super O> close;
    private final Sessions<O, S> sessions;

    DefaultObjectDatabase(
            DatabaseSettings<ObjectDatabase<O, S>> settings,
            Callable<? extends O> open,
            @Nullable Hook<? super O> close,
            Sessions<O, S> sessions) {
        super(settings, sessions.type());
        this.open = open;
        this.close = close;
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("unchecked") // open() makes no other backend
    public O object() {
        return ((ObjectBackend<O, S>) backend()).object();
    }

    @Override
    protected Backend<S> open() throws Exception {
        O object = Objects.requireNonNull(open.call(), "the object that was opened is null");
        return new ObjectBackend<>(object, close, sessions);
    }

    @Override
    protected ObjectDatabase<O, S> self() {
        return this;
    }

    private record ObjectBackend<O, S>(O object, @Nullable Hook<? super O> closing, Sessions<O, S> sessions)
            implements Backend<S> {
        @Override
        public Unit<S> begin(UnitSettings settings) {
            if (settings.mode() == Mode.READ_ONLY) {
                throw new UnsupportedOperationException("read-only transactions");
            }
            if (settings.isolation() != null) {
                throw new UnsupportedOperationException("isolation levels");
            }
            if (settings.timeout() != null) {
                throw new UnsupportedOperationException("time limits");
            }
            S session = Objects.requireNonNull(sessions.begin().apply(object), "the new session is null");
            return new ObjectUnit<>(session, sessions, settings.mode() == Mode.WRITE);
        }

        @Override
        public void close() throws Exception {
            call(closing, object);
        }
    }

    private record ObjectUnit<S>(S session, Sessions<?, S> sessions, boolean writes) implements Unit<S> {
        @Override
        public void commit() throws Exception {
            if (writes) {
                call(sessions.commit(), session);
            }
        }

        @Override
        public void rollback() throws Exception {
            if (writes) {
                call(sessions.rollback(), session);
            }
        }

        @Override
        public void release() throws Exception {
            call(sessions.release(), session);
        }

        /** Nobody can know; where a rollback loses something, a unit that was begun for writing is assumed to have. */
        @Override
        public boolean hasWritten() {
            return writes && sessions.rollback() != null;
        }
    }

    private static <T> void call(@Nullable Hook<? super T> hook, T subject) throws Exception {
        if (hook != null) {
            hook.run(subject);
        }
    }
}
