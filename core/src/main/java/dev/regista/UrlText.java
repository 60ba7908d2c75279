package dev.regista;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Escaping and masking of URL text. Masking takes what is undecidable for a part of the secret. All that is searched is
 * either consumed or of limited length, so that no text takes more than linear time.
 */
final class UrlText {
    private static final String URL_START = "(?:[A-Za-z][\\w+.:-]{0,60}://|jdbc:)";

    /** A name that says that its value is secret. What stands before it tells what ends the value. */
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)(?<![\\w.-])[\\w.-]{0,60}?"
            + "(?:pass|pwd|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key)"
            + "[\\w.-]{0,60}['\"]?[ \\t]{0,5}=[ \\t]{0,5}");

    private static final String NEXT_NAME = "(?=[ \\t]{0,5}[\\w.%-]{1,60}[ \\t]{0,5}=)";
    private static final String OR_NEXT_URL = "|\\R|\\s(?=" + URL_START + ")";
    private static final Pattern END_IN_QUERY = Pattern.compile("&" + NEXT_NAME + OR_NEXT_URL);
    private static final Pattern END_IN_PROPERTIES = Pattern.compile(";" + NEXT_NAME + OR_NEXT_URL);
    private static final Pattern END_IN_PARENTHESES = Pattern.compile("\\)(?=[()/@,\\s]|\\z)|\\R");
    private static final Pattern END_IN_PROSE = Pattern.compile("\\s|[&;,]" + NEXT_NAME);
    private static final Pattern END_ALONE = Pattern.compile("[&;,\\s]" + NEXT_NAME + OR_NEXT_URL);

    /** An at sign, except as MySQL writes an account, {@code 'ada'@'host'}; the end of a line; or what begins another URL. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?<!['\"])@|@(?!['\"])|\\R|(?<=[\\s,;'\"(<>|={\\[])" + URL_START);

    private static final Pattern ORACLE_USER = Pattern.compile("(?i)jdbc:oracle:\\w{1,20}:[^/@\\s]{0,200}/");
    private static final Pattern IP_V6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}(?:%\\w{1,20})?](?!@)");
    private static final Pattern WINDOWS_DRIVE = Pattern.compile("/[A-Za-z]:[/\\\\]");

    /** A port in a word without an at sign; or, in a text without one, any number that could be a port. */
    private static final Pattern PORT = Pattern.compile("\\d{1,5}[/?#;,][^\\s@]{0,300}+\\s");

    private static final Pattern ANY_PORT = Pattern.compile("\\d{1,5}(?!\\w)");

    private UrlText() {}

    static String mask(String text) {
        return maskUserInfos(maskParameters(text));
    }

    private static String maskParameters(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher name = SECRET_NAME.matcher(text);
        int copied = 0;
        while (name.find(copied)) {
            masked.append(text, copied, name.end()).append("***");
            copied = endOfValue(text, name.end(), end(text, name.start()));
        }
        return masked.append(text, copied, text.length()).toString();
    }

    private static Pattern end(String text, int nameStart) {
        int before = nameStart - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return switch (before < 0 ? '\n' : text.charAt(before)) {
            case '?', '&' -> END_IN_QUERY;
            case ';', ':' -> END_IN_PROPERTIES;
            case '(' -> END_IN_PARENTHESES;
            case '\n', '\r', ',', '{', '[', '\'', '"' -> END_ALONE;
            default -> before < nameStart - 1 ? END_IN_PROSE : END_ALONE;
        };
    }

    private static int endOfValue(String text, int start, Pattern end) {
        Matcher matcher = end.matcher(text);
        return matcher.find(endOfQuoted(text, start)) ? matcher.start() : text.length();
    }

    /** In braces, two closing ones stand for one; in quotes, also a backslash escapes. Not closed, it is the rest of the line. */
    private static int endOfQuoted(String text, int start) {
        char open = start < text.length() ? text.charAt(start) : ' ';
        if (open != '{' && open != '\'' && open != '"') {
            return start;
        }
        char close = open == '{' ? '}' : open;
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '\n') {
            char character = text.charAt(i);
            boolean isDoubled = character == close && text.startsWith(String.valueOf(close), i + 1);
            if (character == close && !isDoubled) {
                return i + 1;
            }
            i += isDoubled || (character == '\\' && close != '}') ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    /** Cuts the text where no password goes on: at the ends of lines, and where a URL begins after an at sign. */
    private static String maskUserInfos(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher boundary = BOUNDARY.matcher(text);
        int start = 0;
        int at = -1;
        while (boundary.find()) {
            if (text.charAt(boundary.start()) == '@') {
                at = boundary.start();
            } else if (at >= start || Character.isWhitespace(text.charAt(boundary.start()))) {
                maskUserInfo(text.substring(start, boundary.start()), at - start, masked);
                start = boundary.start();
            }
        }
        maskUserInfo(text.substring(start), at - start, masked);
        return masked.toString();
    }

    /** Up to the last at sign, because a password that was not escaped may contain anything. */
    private static void maskUserInfo(String piece, int at, StringBuilder masked) {
        int start = passwordStart(piece, at);
        if (start < 0) {
            masked.append(piece);
        } else {
            int end = start <= at ? at : piece.length();
            masked.append(piece, 0, start).append("***").append(piece, end, piece.length());
        }
    }

    private static int passwordStart(String piece, int at) {
        Matcher oracle = ORACLE_USER.matcher(piece);
        if (oracle.find() && oracle.end() < at) {
            return oracle.end();
        }
        int slashes = piece.indexOf("//");
        while (slashes >= 0) {
            int colon = colon(piece, slashes + 2);
            if (colon < 0 || isPassword(piece, slashes + 2, colon, at)) {
                return colon < 0 ? -1 : colon + 1;
            }
            slashes = piece.indexOf("//", colon);
        }
        return -1;
    }

    /** Finds a colon outside an IPv6 address. */
    private static int colon(String piece, int start) {
        Matcher ipV6 = IP_V6.matcher(piece);
        int i = start;
        while (i < piece.length() && piece.charAt(i) != ':') {
            boolean isAddress =
                    piece.charAt(i) == '[' && ipV6.region(i, piece.length()).lookingAt();
            i = isAddress ? ipV6.end() : i + 1;
        }
        return i < piece.length() ? i : -1;
    }

    private static boolean isPassword(String piece, int start, int colon, int at) {
        String user = piece.substring(start, colon);
        boolean blankFollows = colon + 1 == piece.length() || Character.isWhitespace(piece.charAt(colon + 1));
        if (colon > at) {
            return !blankFollows && !containsAny(user, "/?@;=( \t") && !startsWith(ANY_PORT, piece, colon + 1);
        }
        if (containsAny(user, " \t")) {
            String word = user.split("[ \t]", 2)[0];
            return !blankFollows && !word.isEmpty() && !containsAny(word, "/?@;") && !piece.startsWith("//", colon + 1);
        }
        return !startsWith(PORT, piece, colon + 1) && !startsWith(WINDOWS_DRIVE, piece, start);
    }

    private static boolean startsWith(Pattern pattern, String text, int start) {
        return pattern.matcher(text).region(start, text.length()).lookingAt();
    }

    private static boolean containsAny(String text, String characters) {
        return text.chars().anyMatch(character -> characters.indexOf(character) >= 0);
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
