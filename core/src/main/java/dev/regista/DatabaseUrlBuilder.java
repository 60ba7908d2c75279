package dev.regista;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds a {@link DatabaseUrl} from its parts; all parts are given unescaped. Not safe for use by several threads. */
public final class DatabaseUrlBuilder {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9.-]*(\\+[a-z0-9._-]+)?");
    private static final Pattern HOST = Pattern.compile("[^/@?#\\s\\p{Cntrl}]*");
    private static final Pattern IP_V6 = Pattern.compile("[0-9A-Fa-f:.]+(?:%.+)?");
    private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

    private final String scheme;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable String user;
    private @Nullable Secret password;
    private String host = "";
    private @Nullable Integer port;
    private String path = "";
    private String file = "";

    DatabaseUrlBuilder(String scheme) {
        this.scheme = scheme.toLowerCase(Locale.ROOT);
    }

    /** Sets the user. Default: none. */
    public DatabaseUrlBuilder user(String name) {
        this.user = name;
        return this;
    }

    /** Sets the password; needs a user. Default: none. */
    public DatabaseUrlBuilder password(Secret value) {
        this.password = value;
        return this;
    }

    /**
     * Sets the host name or address; IPv6 with or without brackets. Several, each with its port if it has one, are separated
     * by commas, and are handed to the driver as they are. Default: none.
     */
    public DatabaseUrlBuilder host(String name) {
        this.host = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        return this;
    }

    /**
     * Sets the port. Default: none.
     *
     * @param number 1 to 65535
     */
    public DatabaseUrlBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** Sets the path: the name of the database, or a directory. After a host, slashes in front of it are ignored. Default: none. */
    public DatabaseUrlBuilder path(String name) {
        this.path = name;
        return this;
    }

    /** Sets a file, which follows the path, separated by exactly one slash. Default: none. */
    public DatabaseUrlBuilder file(String name) {
        this.file = name;
        return this;
    }

    /** Adds a parameter. */
    public DatabaseUrlBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /**
     * Builds the URL.
     *
     * @throws ConfigurationException naming everything that cannot work: no valid scheme, a password without a user, a
     *     port out of range
     */
    public DatabaseUrl build() {
        List<String> problems = new ArrayList<>();
        if (!SCHEME.matcher(scheme).matches()) {
            problems.add("it does not begin with the scheme of a URL, such as postgresql or bolt");
        }
        if (password != null && user == null) {
            problems.add("there is a password, but no user");
        }
        if (port != null && (port < 1 || port > 65535)) {
            problems.add("the port must be 1 to 65535, not " + port);
        }
        if (!HOST.matcher(host).matches()) {
            problems.add("the host has a blank or one of / @ ? # in it");
        } else if (!host.contains(",") && host.contains(":") && !IP_V6.matcher(host).matches()) {
            problems.add("the host has a colon in it, and is no IPv6 address");
        }
        if (host.isEmpty() && (user != null || port != null)) {
            problems.add("there is a user or a port, but no host");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        int driver = scheme.indexOf('+');
        return new DatabaseUrl(
                driver < 0 ? scheme : scheme.substring(0, driver),
                user,
                password,
                host,
                port == null ? -1 : port,
                joined(),
                parameters);
    }

    private String joined() {
        if (file.isEmpty()) {
            return isFileScheme() ? path : withoutLeadingSlash(path);
        }
        if (path.isEmpty()) {
            return isFileScheme() ? file : withoutLeadingSlash(file);
        }
        String directory = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return (isFileScheme() ? directory : withoutLeadingSlash(directory)) + "/" + withoutLeadingSlash(file);
    }

    /** For a file, a slash in front is what makes it absolute. */
    private boolean isFileScheme() {
        return host.isEmpty();
    }

    private static String withoutLeadingSlash(String text) {
        return LEADING_SLASHES.matcher(text).replaceFirst("");
    }
}
