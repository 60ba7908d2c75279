package dev.regista;

import org.jspecify.annotations.Nullable;

/** Reads a URL in the general form. Lenient where it is unambiguous: the last {@code @} ends the user information. */
final class UrlParser {
    private final String text;

    UrlParser(String text) {
        this.text = text;
    }

    DatabaseUrl parse() {
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 1) {
            throw malformed("it has no scheme://", null);
        }
        try {
            return parse(DatabaseUrl.builder(text.substring(0, schemeEnd)), text.substring(schemeEnd + 3));
        } catch (ConfigurationException e) {
            throw malformed(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw malformed("its escapes cannot be read", null);
        }
    }

    private static DatabaseUrl parse(DatabaseUrlBuilder url, String rest) {
        int query = rest.indexOf('?');
        if (query >= 0) {
            parseParameters(url, rest.substring(query + 1));
        }
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int slash = beforeQuery.indexOf('/');
        refuseIfAmbiguous(beforeQuery, slash, query < 0 ? "" : rest.substring(query + 1));
        parseAuthority(url, slash < 0 ? beforeQuery : beforeQuery.substring(0, slash));
        if (slash >= 0) {
            url.path(UrlText.decode(beforeQuery.substring(slash + 1)));
        }
        return url.build();
    }

    /** An at sign after the first slash or question mark may end a user and password that were not escaped. */
    private static void refuseIfAmbiguous(String beforeQuery, int slash, String query) {
        String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        if (authority.isEmpty() || authority.contains("@")) {
            return;
        }
        String firstName = query.substring(0, query.indexOf('=') < 0 ? query.length() : query.indexOf('='));
        if (beforeQuery.contains("@") || firstName.contains("@")) {
            throw new ConfigurationException("a / or ? in the user or the password must be written as %2F or %3F;"
                    + " an @ in the path as %40");
        }
    }

    private static void parseAuthority(DatabaseUrlBuilder url, String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            if (!user.isEmpty()) {
                url.user(UrlText.decode(user));
            }
            if (colon >= 0) {
                url.password(Secret.of(UrlText.decode(userInfo.substring(colon + 1))));
            }
        }
        String hostAndPort = authority.substring(at + 1);
        if (hostAndPort.contains(",")) {
            url.host(hostAndPort);
            return;
        }
        if (!hostAndPort.startsWith("[") && hostAndPort.indexOf(':') != hostAndPort.lastIndexOf(':')) {
            throw new ConfigurationException("an IPv6 address must be in brackets");
        }
        int portColon = hostAndPort.lastIndexOf(':');
        if (portColon > hostAndPort.lastIndexOf(']')) {
            url.port(number(hostAndPort.substring(portColon + 1)));
            hostAndPort = hostAndPort.substring(0, portColon);
        }
        url.host(hostAndPort);
    }

    private static int number(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new ConfigurationException("the port is not a number");
        }
    }

    private static void parseParameters(DatabaseUrlBuilder url, String query) {
        for (String parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                url.parameter(
                        UrlText.decode(equals < 0 ? parameter : parameter.substring(0, equals)),
                        equals < 0 ? "" : UrlText.decode(parameter.substring(equals + 1)));
            }
        }
    }

    /** Shows nothing of the text: where it is malformed, nobody knows which part of it is the password. */
    private static ConfigurationException malformed(String why, @Nullable ConfigurationException cause) {
        ConfigurationException malformed = new ConfigurationException("this is not a database URL: " + why);
        if (cause != null) {
            malformed.addSuppressed(cause);
        }
        return malformed;
    }
}
