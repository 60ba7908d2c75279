package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the text of a piece of SQL apart, as far as its strings, its quoted names and its parentheses. */
final class SqlText {
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^\\]]*\\]"
                    + "|--[^\\n]*|/\\*.*?\\*/|[\\p{L}_$][\\p{L}\\p{N}_$]*|\\s+|.",
            Pattern.DOTALL);

    private final List<String> tokens;

    private SqlText(List<String> tokens) {
        this.tokens = tokens;
    }

    static SqlText of(String sql) {
        List<String> tokens = new ArrayList<>();
        Matcher each = TOKEN.matcher(sql);
        while (each.find()) {
            tokens.add(each.group());
        }
        return new SqlText(tokens);
    }

    /** Returns what is in the first pair of parentheses. */
    String inParentheses() {
        int open = tokens.indexOf("(");
        return open < 0 ? "" : text(open + 1, closing(open));
    }

    /** Returns what follows the first pair of parentheses. */
    String afterParentheses() {
        int open = tokens.indexOf("(");
        return open < 0 ? "" : text(closing(open) + 1, tokens.size()).strip();
    }

    /** Returns the parts between the commas that are in no parentheses. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.get(i)) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "," -> {
                    if (depth == 0) {
                        parts.add(text(from, i).strip());
                        from = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(text(from, tokens.size()).strip());
        return parts;
    }

    /** Returns the first word, without its quotes. */
    String firstName() {
        return tokens.stream()
                .filter(token -> !token.isBlank() && !isComment(token))
                .findFirst()
                .map(SqlText::unquoted)
                .orElse("");
    }

    /** Returns what is neither space nor punctuation, names without their quotes. */
    List<String> words() {
        return tokens.stream().filter(SqlText::isName).map(SqlText::unquoted).toList();
    }

    boolean contains(String word) {
        return tokens.stream().anyMatch(word::equalsIgnoreCase);
    }

    boolean startsWith(String word) {
        return tokens.stream()
                .filter(token -> !token.isBlank() && !isComment(token))
                .findFirst()
                .filter(word::equalsIgnoreCase)
                .isPresent();
    }

    /** Returns what is in the parentheses after each occurrence of a word. */
    List<String> after(String word) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equalsIgnoreCase(word)) {
                int open = next(i + 1);
                if (open < tokens.size() && tokens.get(open).equals("(")) {
                    found.add(text(open + 1, closing(open)).strip());
                    i = closing(open);
                }
            }
        }
        return found;
    }

    /** Returns the word after a word. */
    Optional<String> wordAfter(String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equalsIgnoreCase(word)) {
                int next = next(i + 1);
                return next < tokens.size() ? Optional.of(tokens.get(next)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns the text with another name where a name stood, quoted where that was quoted. */
    String renamed(String from, String to, String toQuoted) {
        StringBuilder renamed = new StringBuilder();
        for (String token : tokens) {
            boolean isIt = isName(token) && unquoted(token).equals(from);
            renamed.append(!isIt ? token : Character.isLetter(token.charAt(0)) ? to : toQuoted);
        }
        return renamed.toString();
    }

    /** Returns the text with another word where a word stood. */
    String replaced(String from, String to) {
        return String.join(
                "",
                tokens.stream().map(token -> token.equals(from) ? to : token).toList());
    }

    private int next(int from) {
        int i = from;
        while (i < tokens.size() && tokens.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (tokens.get(i).equals("(")) {
                depth++;
            } else if (tokens.get(i).equals(")") && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    private String text(int from, int to) {
        return String.join("", tokens.subList(from, Math.max(from, Math.min(to, tokens.size()))));
    }

    private static boolean isComment(String token) {
        return token.startsWith("--") || token.startsWith("/*");
    }

    private static boolean isName(String token) {
        char first = token.charAt(0);
        return first == '"' || first == '`' || first == '[' || first == '_' || Character.isLetter(first);
    }

    private static String unquoted(String token) {
        char first = token.charAt(0);
        if (first == '"' || first == '`') {
            String quote = String.valueOf(first);
            return token.substring(1, token.length() - 1).replace(quote + quote, quote);
        }
        return first == '[' ? token.substring(1, token.length() - 1) : token;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
