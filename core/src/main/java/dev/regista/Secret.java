package dev.regista;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A value that must not appear in text: a password, a token, a key. Prints as {@code ***} everywhere; only
 * {@link #reveal()} gives the value away.
 *
 * <p>A secret made {@linkplain #from(Supplier) from a supplier} is asked anew each time it is revealed, which for a
 * database is each time a physical connection is opened: rotating a password needs no restart. Safe for use by several
 * threads if the supplier is. Equality is identity, so that secrets cannot be compared by accident, and a secret cannot
 * be serialized.
 */
public final class Secret {
    private static final String MASK = "***";

    private final Supplier<String> value;

    private Secret(Supplier<String> value) {
        this.value = value;
    }

    /**
     * Returns a secret with a fixed value.
     *
     * @param value the value; may be empty
     */
    public static Secret of(String value) {
        Objects.requireNonNull(value, "value");
        return new Secret(() -> value);
    }

    /**
     * Returns a secret whose value is asked for each time it is needed.
     *
     * @param supplier asked at each {@link #reveal()}, from any thread; must not return {@code null}
     */
    public static Secret from(Supplier<String> supplier) {
        return new Secret(Objects.requireNonNull(supplier, "supplier"));
    }

    /** Returns the value in clear text, for handing to a driver. Whatever the supplier throws is thrown here. */
    public String reveal() {
        return Objects.requireNonNull(value.get(), "the supplier of a secret returned null");
    }

    /** Returns {@code ***}. */
    @Override
    public String toString() {
        return MASK;
    }
}
