package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where physical connections come from: a JDBC URL without credentials, the credentials, and properties for the driver; or
 * a data source. Immutable.
 */
record JdbcTarget(
        String url,
        @Nullable DataSource dataSource,
        @Nullable String user,
        @Nullable Secret password,
        Map<String, String> driverProperties) {
    JdbcTarget {
        driverProperties = Collections.unmodifiableMap(new LinkedHashMap<>(driverProperties));
    }

    static JdbcTarget of(String url) {
        if (url.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return JdbcUrlText.withoutCredentials(url);
        }
        return of(DatabaseUrl.parse(url));
    }

    static JdbcTarget of(DatabaseUrl url) {
        String jdbcUrl = switch (url.scheme()) {
            case "h2" -> h2(url);
            case "sqlite" -> "jdbc:sqlite:" + (url.path().isEmpty() ? ":memory:" : url.path());
            case "postgresql", "postgres" -> server("postgresql", url);
            case "mariadb" -> server("mariadb", url);
            case "mysql" -> server("mysql", url);
            default ->
                throw new ConfigurationException("'" + url.scheme()
                        + "' is not the scheme of a SQL database known here; there are: h2, sqlite, postgresql,"
                        + " mariadb, mysql. For others, give a JDBC URL");
        };
        return new JdbcTarget(
                jdbcUrl, null, url.user().orElse(null), url.password().orElse(null), url.parameters());
    }

    static JdbcTarget of(DataSource dataSource) {
        return new JdbcTarget("data source " + dataSource.getClass().getName(), dataSource, null, null, Map.of());
    }

    JdbcTarget withCredentials(@Nullable String otherUser, @Nullable Secret otherPassword) {
        return new JdbcTarget(
                url,
                dataSource,
                otherUser == null ? user : otherUser,
                otherPassword == null ? password : otherPassword,
                driverProperties);
    }

    JdbcTarget withDriverProperties(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(driverProperties);
        all.putAll(more);
        return new JdbcTarget(url, dataSource, user, password, all);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (password != null && user == null) {
            problems.add("there is a password, but no user");
        }
        if (dataSource != null && (user != null || !driverProperties.isEmpty())) {
            problems.add("a user, a password or driver properties cannot be applied to a data source; set them there");
        }
        return problems;
    }

    /** Returns the URL for people. */
    String masked() {
        return DatabaseUrl.mask(url);
    }

    /** Does not print driver properties: nobody knows which of them are secret. */
    @Override
    public String toString() {
        return masked();
    }

    private static String h2(DatabaseUrl url) {
        if (!url.host().isEmpty()) {
            throw new ConfigurationException(
                    "'" + url + "' has a host; the form is h2:///mem:name or h2:///path, and an H2"
                            + " server needs its JDBC URL, jdbc:h2:tcp://host:port/name");
        }
        return "jdbc:h2:" + url.path();
    }

    private static String server(String subprotocol, DatabaseUrl url) {
        if (url.host().isEmpty()) {
            throw new ConfigurationException("'" + url + "' has no host");
        }
        boolean isIpV6 = url.host().contains(":") && !url.host().contains(",");
        String host = isIpV6 ? "[" + url.host() + "]" : url.host();
        String port = url.port().isPresent() ? ":" + url.port().getAsInt() : "";
        return "jdbc:" + subprotocol + "://" + host + port + "/" + JdbcUrlText.encodePath(url.path());
    }
}
