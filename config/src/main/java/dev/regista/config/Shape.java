package dev.regista.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says what a value looks like without saying what it is: it may be a secret in the wrong place. Only a word that a file
 * spells out where a name is expected is shown.
 */
final class Shape {
    private static final Pattern NAME = Pattern.compile("[\\p{Alpha}_][\\w.$-]{0,100}");
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.%\\[\\]-]{0,100}");
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/[\\w./-]{1,200}");

    private Shape() {}

    static String of(String value) {
        if (value.isEmpty()) {
            return "an empty text";
        }
        if (value.isBlank()) {
            return "a text of blanks";
        }
        return "a text of " + value.length() + (value.length() == 1 ? " character" : " characters") + contents(value);
    }

    /** Returns the value itself, in quotes, if it is a name that somebody wrote there, else its shape. */
    static String ofName(Setting setting) {
        return setting.literal() && NAME.matcher(setting.value()).matches()
                ? "'" + setting.value() + "'"
                : of(setting.value());
    }

    /** Returns the value itself, in quotes, if it is a path that somebody wrote there, from the root or from here, else its shape. */
    static String ofPath(Setting setting) {
        return setting.literal() && PATH.matcher(setting.value()).matches()
                ? "'" + setting.value() + "'"
                : of(setting.value());
    }

    /** Returns a key with the shape of what is no name in it: without a blank after its colon, a value becomes a key. */
    static String of(Key key) {
        return key.segments().stream()
                .map(name -> KEY.matcher(name).matches() ? new Key(List.of(name)).property() : "<" + of(name) + ">")
                .collect(Collectors.joining("."));
    }

    private static String contents(String value) {
        List<String> kinds = new ArrayList<>();
        if (value.chars().anyMatch(Character::isLetter)) {
            kinds.add("letters");
        }
        if (value.chars().anyMatch(Character::isDigit)) {
            kinds.add("digits");
        }
        if (value.chars().anyMatch(character -> !Character.isLetterOrDigit(character))) {
            kinds.add("other signs");
        }
        return " (" + String.join(", ", kinds) + ")";
    }
}
