package dev.regista;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a URL in the general form. Lenient where it is unambiguous: the last {@code @} ends the user information. */
final class UrlParser {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

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
            throw new ConfigurationException("'/' or '?' in the user or the password has to be percent-encoded"
                    + " (%2F, %3F), and '@' in the path or in the name of a parameter as %40");
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
        parseHosts(url, authority.substring(at + 1));
    }

    private static void parseHosts(DatabaseUrlBuilder url, String hosts) {
        for (String host : hosts.split(",", -1)) {
            if (!host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':')) {
                throw new ConfigurationException("an IPv6 address must be in brackets");
            }
        }
        int portColon = hosts.lastIndexOf(':');
        if (hosts.contains(",") || portColon <= hosts.lastIndexOf(']')) {
            url.host(hosts);
        } else {
            url.host(hosts.substring(0, portColon)).port(number(hosts.substring(portColon + 1)));
        }
    }

    /** Does not show the number: without a host, it is the password that stands in its place. */
    private static int number(String port) {
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535) {
            throw new ConfigurationException("the port is not a number from 1 to 65535");
        }
        return number;
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
