package dev.regista.spi.config;

import dev.regista.DatabaseUrl;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, as a configuration says it: one text, or the fields of a URL. Immutable.
 *
 * <p>The text of a URL may contain a password, so {@link #toString()} masks it.
 */
public final class Address {
    private final @Nullable String text;
    private final @Nullable DatabaseUrl url;

    private Address(@Nullable String text, @Nullable DatabaseUrl url) {
        this.text = text;
        this.url = url;
    }

    /**
     * An address given as one text.
     *
     * @param text a URL of any form
     */
    public static Address of(String text) {
        return new Address(Objects.requireNonNull(text, "text"), null);
    }

    /**
     * An address given by fields.
     *
     * @param url the URL they make
     */
    public static Address of(DatabaseUrl url) {
        return new Address(null, Objects.requireNonNull(url, "url"));
    }

    /** Returns the URL, if the address was given by fields. */
    public Optional<DatabaseUrl> url() {
        return Optional.ofNullable(url);
    }

    /** Returns the address as one text, with its password, if it has one, in clear text. */
    public String reveal() {
        return url == null ? Objects.requireNonNull(text) : url.reveal();
    }

    /** Returns what stands before the first colon, in lower case and without a {@code +driver} suffix; empty if nothing does. */
    public String scheme() {
        if (url != null) {
            return url.scheme();
        }
        String all = Objects.requireNonNull(text);
        String scheme = all.substring(0, Math.max(0, all.indexOf(':')));
        int plus = scheme.indexOf('+');
        return (plus < 0 ? scheme : scheme.substring(0, plus)).toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the address with secrets masked. */
    @Override
    public String toString() {
        return url == null ? DatabaseUrl.mask(Objects.requireNonNull(text)) : url.toString();
    }
}
