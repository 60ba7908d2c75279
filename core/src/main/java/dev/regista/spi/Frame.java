package dev.regista.spi;

import dev.regista.IncompatibleUnitException;
import dev.regista.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work under way on a thread, and the one that surrounds it. What is innermost on the thread hangs on one thread
 * local for all databases; a look-up walks outwards from there.
 */
final class Frame {
    private static final ThreadLocal<@Nullable Frame> INNERMOST = new ThreadLocal<>();

    private final Lifecycle<?> database;
    private final Unit<?> unit;
    private final UnitSettings settings;
    private final @Nullable Frame outer;
    private @Nullable Throwable doom;

    private Frame(Lifecycle<?> database, Unit<?> unit, UnitSettings settings, @Nullable Frame outer) {
        this.database = database;
        this.unit = unit;
        this.settings = settings;
        this.outer = outer;
    }

    /** Returns the innermost unit on this thread for the database, in the same scope. */
    static @Nullable Frame find(Lifecycle<?> database, @Nullable Object scope) {
        Frame frame = INNERMOST.get();
        while (frame != null && !(frame.database == database && Objects.equals(frame.settings.scope(), scope))) {
            frame = frame.outer;
        }
        return frame;
    }

    static Frame push(Lifecycle<?> database, Unit<?> unit, UnitSettings settings) {
        Frame frame = new Frame(database, unit, settings, INNERMOST.get());
        INNERMOST.set(frame);
        return frame;
    }

    void pop() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    Unit<?> unit() {
        return unit;
    }

    UnitSettings settings() {
        return settings;
    }

    /** Makes sure that the unit will not be committed; the first reason counts. */
    void doom(Throwable reason) {
        if (doom == null && settings.mode() != Mode.READ) {
            doom = reason;
        }
    }

    @Nullable
    Throwable doom() {
        return doom;
    }

    /** Refuses a unit that asks for more than this one can give. */
    void requireRoomFor(UnitSettings wanted) {
        if (wanted.mode() == Mode.WRITE && settings.mode() != Mode.WRITE) {
            throw new IncompatibleUnitException(
                    database.name(), "a unit that writes was begun inside one that only reads");
        }
        if (wanted.mode() == Mode.READ_ONLY && settings.mode() == Mode.READ) {
            throw new IncompatibleUnitException(
                    database.name(), "a transaction was begun inside a read, which has none");
        }
        Isolation isolation = wanted.isolation();
        if (isolation != null
                && (settings.isolation() == null || settings.isolation().compareTo(isolation) < 0)) {
            throw new IncompatibleUnitException(
                    database.name(),
                    "a unit at isolation " + isolation + " was begun inside one at "
                            + (settings.isolation() == null ? "the default" : settings.isolation()));
        }
    }
}
