package dev.regista.spi;

import dev.regista.Isolation;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one unit of work is to be begun.
 *
 * @param mode what it may do
 * @param isolation the least isolation wanted; {@code null} for the database's default
 * @param timeout how long it may take in the database; {@code null} for no limit
 * @param scope the part of the database that it works in, as {@link AbstractDatabase#scope()} or a view of the kind says
 *     it; {@code null} for all of it. A unit joins only one of an equal scope
 */
public record UnitSettings(
        Mode mode,
        @Nullable Isolation isolation,
        @Nullable Duration timeout,
        @Nullable Object scope) {
    static final UnitSettings DEFAULT = new UnitSettings(Mode.WRITE, null, null, null);

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if the timeout is not more than zero
     */
    public UnitSettings {
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("a timeout must be more than zero, not " + timeout);
        }
    }

    UnitSettings withMode(Mode newMode) {
        return newMode == mode ? this : new UnitSettings(newMode, isolation, timeout, scope);
    }

    UnitSettings withIsolation(Isolation newIsolation) {
        return new UnitSettings(mode, newIsolation, timeout, scope);
    }

    UnitSettings withTimeout(Duration newTimeout) {
        return new UnitSettings(mode, isolation, newTimeout, scope);
    }

    UnitSettings withScope(@Nullable Object newScope) {
        return Objects.equals(newScope, scope) ? this : new UnitSettings(mode, isolation, timeout, newScope);
    }
}
