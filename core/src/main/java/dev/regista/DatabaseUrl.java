package dev.regista;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database in the general form {@code scheme://user:password@host:port/path?name=value} (RFC 3986).
 * Parses and builds it with correct escaping, so that any character in any part survives the way there and back. Immutable.
 *
 * <p>{@link #toString()} prints the password as {@code ***}; {@link #reveal()} gives it away.
 *
 * <p>For SQLite, three slashes begin a relative file and four an absolute one: {@code sqlite:///shop.db},
 * {@code sqlite:////var/lib/shop.db}; without any file it is in memory.
 */
public final class DatabaseUrl {
    private final String scheme;
    private final String suffix;
    private final @Nullable String user;
    private final @Nullable Secret password;
    private final String host;
    private final int port;
    private final String path;
    private final Map<String, String> parameters;

    DatabaseUrl(
            String scheme,
            String suffix,
            @Nullable String user,
            @Nullable Secret password,
            String host,
            int port,
            String path,
            Map<String, String> parameters) {
        this.scheme = scheme;
        this.suffix = suffix;
        this.user = user;
        this.password = password;
        this.host = host;
        this.port = port;
        this.path = path;
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Parses a URL.
     *
     * @param text a URL in the general form; parts that are not ASCII letters, digits or punctuation without a meaning in
     *     URLs are percent-encoded
     * @throws ConfigurationException if it has no scheme, a password without a user, an IPv6 address without brackets, parts
     *     that cannot be read, or a {@code /} or {@code ?} that may belong to a password; the message shows nothing of the
     *     text
     */
    public static DatabaseUrl parse(String text) {
        return new UrlParser(text).parse();
    }

    /**
     * Returns a builder.
     *
     * @param scheme such as {@code postgresql}; a suffix naming a driver ({@code postgresql+psycopg}) or a variant
     *     ({@code bolt+s}) is allowed
     */
    public static DatabaseUrlBuilder builder(String scheme) {
        return new DatabaseUrlBuilder(scheme);
    }

    /**
     * Returns a text with what looks like a secret in a URL replaced by {@code ***}: the password in
     * {@code //user:password@}, and the values of parameters whose name says that they are secret. Works on any text that
     * contains URLs of any kind, JDBC URLs included. Where nobody can tell what still belongs to a password that was not
     * escaped, hides too much: at most the rest of the line, or up to the next URL.
     *
     * @param text any text
     */
    public static String mask(String text) {
        return UrlText.mask(text);
    }

    /** Returns the scheme in lower case, without a {@code +driver} suffix. */
    public String scheme() {
        return scheme;
    }

    /** Returns the suffix of the scheme in lower case, such as {@code s} of {@code bolt+s}; empty if there is none. */
    public String suffix() {
        return suffix;
    }

    /** Returns the user, unescaped. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the password, unescaped. */
    public Optional<Secret> password() {
        return Optional.ofNullable(password);
    }

    /**
     * Returns the host; empty if there is none. An IPv6 address is without brackets. Several hosts are one text, with their
     * ports, separated by commas.
     */
    public String host() {
        return host;
    }

    /** Returns the port, if one is given. */
    public OptionalInt port() {
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Returns the path, unescaped, without the slash that separates it from the host; empty if there is none. */
    public String path() {
        return path;
    }

    /** Returns the parameters, unescaped, in their order. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Returns the URL with the password in clear text, escaped so that {@link #parse} reads it back. */
    public String reveal() {
        return text(password == null ? null : UrlText.encode(password.reveal()));
    }

    /** Returns the URL with secrets masked. */
    @Override
    public String toString() {
        return mask(text(password == null ? null : password.toString()));
    }

    private boolean isIpV6() {
        return host.contains(":") && !host.contains(",");
    }

    private String text(@Nullable String escapedPassword) {
        StringBuilder text = new StringBuilder(scheme);
        text.append(suffix.isEmpty() ? "" : "+").append(suffix).append("://");
        if (user != null) {
            text.append(UrlText.encode(user));
            if (escapedPassword != null) {
                text.append(':').append(escapedPassword);
            }
            text.append('@');
        }
        text.append(isIpV6() ? "[" + host + "]" : host);
        if (port >= 0) {
            text.append(':').append(port);
        }
        if (!path.isEmpty()) {
            text.append('/').append(UrlText.encodePath(path));
        }
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator)
                    .append(UrlText.encode(parameter.getKey()))
                    .append('=')
                    .append(UrlText.encode(parameter.getValue()));
            separator = '&';
        }
        return text.toString();
    }
}
