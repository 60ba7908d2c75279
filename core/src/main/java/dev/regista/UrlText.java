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
    /** As Oracle writes it: {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern ORACLE_USER_INFO =
            Pattern.compile("(jdbc:oracle:\\w{1,20}:[^/@\\s]{0,200}/)([^@\\s]{1,500})(?=@)");

    /**
     * A name that says that its value is secret, and the value: in braces, in which two closing ones stand for one; in
     * quotes; or up to what separates parameters. The limits keep a long text from taking more than linear time.
     */
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)((?<![\\w.-])[\\w.-]{0,60}?(?:pass|pwd|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key)"
                    + "[\\w.-]{0,60}\\s{0,5}=\\s{0,5})"
                    + "(\\{(?:[^}]|\\}\\}){0,1000}+\\}|'[^']{0,1000}+'|\"[^\"]{0,1000}+\"|[^&;)\\s]*+)");

    private UrlText() {}

    static String mask(String text) {
        String masked = maskUserInfo(text);
        masked = replaceSecret(ORACLE_USER_INFO, masked);
        return replaceSecret(SECRET_PARAMETER, masked);
    }

    /**
     * Between {@code //user:} and the last {@code @} before a blank, because a password that was not escaped may contain
     * anything. Hides a port too where an {@code @} stands in the path, and what is between two URLs that no blank
     * separates: better than showing half a password.
     */
    private static String maskUserInfo(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        int slashes = text.indexOf("//");
        int wordEnd = 0;
        while (slashes >= 0) {
            wordEnd = slashes < wordEnd ? wordEnd : endOfWord(text, slashes);
            int end = wordEnd;
            int colon = colonAfterUser(text, slashes + 2, end);
            int at = lastAt(text, colon, end);
            if (at > colon) {
                masked.append(text, copied, colon + 1).append("***");
                copied = at;
                end = at;
            } else if (colon < 0 && slashes + 3 < end) {
                end = slashes + 1;
            }
            slashes = text.indexOf("//", end);
        }
        return masked.append(text, copied, text.length()).toString();
    }

    private static int colonAfterUser(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char character = text.charAt(i);
            if (character == ':') {
                return i;
            }
            if (character == '/' || character == '@') {
                return -1;
            }
        }
        return -1;
    }

    /** Looks no further back than the colon; there is none without a colon. */
    private static int lastAt(String text, int colon, int end) {
        int at = colon < 0 ? -1 : end - 1;
        while (at > colon && text.charAt(at) != '@') {
            at--;
        }
        return at;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
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
