package dev.regista.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How one server is reached: the JDBC URL before and after the database name, and who connects. */
record ServerAddress(String prefix, String adminDatabase, String parameters, String user, String password) {

    private static final Pattern URL = Pattern.compile("(jdbc:[a-z]+://[^/?]*/)([^?]*)(?:\\?(.*))?");

    /**
     * Takes a JDBC URL with its credentials among the parameters. The message of a failure never repeats the URL,
     * because of the password in it.
     */
    static ServerAddress parse(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a JDBC URL of the form jdbc:<driver>://<host>:<port>/<database>?user=<user>&password=<password>");
        }
        String user = "";
        String password = "";
        List<String> others = new ArrayList<>();
        for (String parameter :
                matcher.group(3) == null ? new String[0] : matcher.group(3).split("&")) {
            if (parameter.startsWith("user=")) {
                user = valueOf(parameter);
            } else if (parameter.startsWith("password=")) {
                password = valueOf(parameter);
            } else {
                others.add(parameter);
            }
        }
        return new ServerAddress(matcher.group(1), matcher.group(2), String.join("&", others), user, password);
    }

    private static String valueOf(String parameter) {
        return URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
    }

    String url(String database) {
        return prefix + database + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), user, password);
    }

    @Override
    public String toString() {
        return user + " at " + url(adminDatabase);
    }
}
