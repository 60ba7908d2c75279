package dev.regista.sql;

import dev.regista.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the credentials out of JDBC URLs, wherever the known drivers allow them to be written. */
final class JdbcUrlText {
    /** {@code //user:password@} before the host. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)([^/@:?;]*)(?::([^/@?;]*))?@");

    /** {@code user=…} and {@code password=…} after {@code ?}, {@code &} or {@code ;}. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&;])(user|username|password)=([^&;]*)");

    private JdbcUrlText() {}

    static JdbcTarget withoutCredentials(String url) {
        String rest = url;
        @Nullable String user = null;
        @Nullable String password = null;
        Matcher userInfo = USER_INFO.matcher(rest);
        if (userInfo.find()) {
            user = decode(userInfo.group(1));
            password = userInfo.group(2) == null ? null : decode(userInfo.group(2));
            rest = userInfo.replaceFirst("");
        }
        boolean escaped = usesEscapes(rest);
        Matcher parameter = PARAMETER.matcher(rest);
        StringBuilder remaining = new StringBuilder();
        while (parameter.find()) {
            String value = escaped ? decode(parameter.group(3)) : parameter.group(3);
            if (parameter.group(2).toLowerCase(Locale.ROOT).startsWith("user")) {
                user = value;
            } else {
                password = value;
            }
            // The separator stays, so that what follows it still begins with one.
            parameter.appendReplacement(remaining, Matcher.quoteReplacement(parameter.group(1)));
        }
        parameter.appendTail(remaining);
        return new JdbcTarget(
                tidy(remaining.toString()), null, user, password == null ? null : Secret.of(password), Map.of());
    }

    /** Of the drivers that take credentials as parameters, these two decode them. */
    private static boolean usesEscapes(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:mysql:");
    }

    /** Drops the separators that stand alone where a parameter was taken out. */
    private static String tidy(String url) {
        return url.replaceAll("([?&;])[&;]+", "$1").replaceAll("[?&;]+$", "");
    }

    static String encodePath(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
