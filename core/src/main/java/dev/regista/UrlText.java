package dev.regista;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Escaping and masking of URL text. */
final class UrlText {
    /**
     * Up to the last {@code @} before a blank or a quote, because a password that was not escaped may contain anything.
     * Hides a port too where an {@code @} stands in the path: better than showing half a password.
     */
    private static final Pattern USER_INFO = Pattern.compile("(//[^:/@\\s'\"]*:)([^\\s'\"]*)(?=@)");

    /** As Oracle writes it: {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern ORACLE_USER_INFO = Pattern.compile("(jdbc:oracle:\\w+:[^/@\\s]*/)([^@\\s]+)(?=@)");

    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)([?&;,(\\s][\\w.-]*(?:password|passwd|pwd|passphrase|secret|token|credential|apikey|api_key|api-key)[\\w.-]*\\s*=\\s*)"
                    + "((?:\\{[^}]*\\})|[^&;,)\\s'\"]*)");

    private UrlText() {}

    static String mask(String text) {
        String masked = replaceSecret(USER_INFO, text);
        masked = replaceSecret(ORACLE_USER_INFO, masked);
        return replaceSecret(SECRET_PARAMETER, masked);
    }

    private static String replaceSecret(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + "***"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(UrlText::encode)
                .map(segment -> segment.replace("%3A", ":"))
                .collect(Collectors.joining("/"));
    }

    /** A plus sign stands for itself, as RFC 3986 has it, not for a blank as in forms. */
    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
