package dev.regista.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says what a value looks like without saying what it is: it may be a secret in the wrong place. Only a word that a file
 * spells out where a name is expected is shown.
 */
final class Shape {
    private static final Pattern NAME = Pattern.compile("[\\p{Alpha}_][\\w.$-]{0,100}");

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
