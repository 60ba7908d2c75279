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
    private static final Pattern HOST = Pattern.compile("(?U)[^/@?#\\s\\p{Cntrl}]*");
    private static final Pattern IP_V6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[^\\[\\]]+)?");

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

    /** Sets the user; an empty one is none. Default: none. */
    public DatabaseUrlBuilder user(String name) {
        this.user = name.isEmpty() ? null : name;
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
        boolean isInBrackets = name.startsWith("[") && name.endsWith("]") && !name.contains(",");
        this.host = isInBrackets ? name.substring(1, name.length() - 1) : name;
        return this;
    }

    /**
     * Sets the port of the host; of several hosts, each has its own in {@link #host}. Default: none.
     *
     * @param number 1 to 65535
     */
    public DatabaseUrlBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Sets the path: the name of the database, or a directory. After a host, slashes in front of it are ignored. Default:
     * none.
     */
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
     *     port out of range, a host with a character that ends it in a URL, a port besides several hosts
     */
    public DatabaseUrl build() {
        List<String> problems = new ArrayList<>();
        addProblemsOfParts(problems);
        addProblemsOfHost(problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        int plus = scheme.indexOf('+');
        return new DatabaseUrl(
                plus < 0 ? scheme : scheme.substring(0, plus),
                plus < 0 ? "" : scheme.substring(plus + 1),
                user,
                password,
                host,
                port == null ? -1 : port,
                host.isEmpty() ? joined() : withoutLeadingSlashes(joined()),
                parameters);
    }

    private void addProblemsOfParts(List<String> problems) {
        if (!SCHEME.matcher(scheme).matches()) {
            problems.add("it does not begin with the scheme of a URL, such as postgresql or bolt");
        }
        if (password != null && user == null) {
            problems.add("there is a password, but no user");
        }
        if (port != null && (port < 1 || port > 65535)) {
            problems.add("the port must be 1 to 65535, not " + port);
        }
        if (host.isEmpty() && (user != null || port != null)) {
            problems.add("there is a user or a port, but no host");
        }
    }

    /** Does not show the host: where a URL was misread, it is a part of the password. */
    private void addProblemsOfHost(List<String> problems) {
        boolean isOne = !host.contains(",");
        if (!HOST.matcher(host).matches()) {
            problems.add("the host has a blank, a control character or one of / @ ? # in it");
        } else if (isOne && host.contains(":") && !IP_V6.matcher(host).matches()) {
            problems.add("the host has a colon in it, and is no IPv6 address; its port is given apart from it");
        }
        if (!isOne && port != null) {
            problems.add("of several hosts, each must have its port with it: h1:5432,h2:5432");
        }
    }

    /** Without a host it is a file, and a slash in front is what makes it absolute. */
    private String joined() {
        if (file.isEmpty() || path.isEmpty()) {
            return path + file;
        }
        return withoutTrailingSlashes(path) + "/" + withoutLeadingSlashes(file);
    }

    private static String withoutLeadingSlashes(String text) {
        int start = 0;
        while (text.startsWith("/", start)) {
            start++;
        }
        return text.substring(start);
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
