package dev.regista.spi;

import dev.regista.Isolation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one unit of work is to be begun.
 *
 * @param mode what it may do
 * @param isolation the least isolation wanted; {@code null} for the database's default
 * @param timeout how long it may take in the database; {@code null} for no limit
 */
public record UnitSettings(
        Mode mode, @Nullable Isolation isolation, @Nullable Duration timeout) {
    static final UnitSettings DEFAULT = new UnitSettings(Mode.WRITE, null, null);

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
        return newMode == mode ? this : new UnitSettings(newMode, isolation, timeout);
    }

    UnitSettings withIsolation(Isolation newIsolation) {
        return new UnitSettings(mode, newIsolation, timeout);
    }

    UnitSettings withTimeout(Duration newTimeout) {
        return new UnitSettings(mode, isolation, newTimeout);
    }
}
