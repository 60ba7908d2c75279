package dev.regista.cli;

import dev.regista.migrations.generate.RefusedChangesException;
import dev.regista.migrations.generate.RefusedChangesException.Refusal;
import java.util.List;

/** What is refused, and the options that allow it. */
final class Refusals {
    private Refusals() {}

    static List<String> messages(RefusedChangesException refused) {
        return refused.refusals().stream()
                .map(refusal -> message(refusal, refused.possibleRenames()))
                .toList();
    }

    private static String message(Refusal refusal, List<String> renames) {
        String what = refusal.what();
        String option = switch (refusal.reason()) {
            case LOSES_DATA -> "--allow-drop drops it, --rename " + rename(what, renames) + " keeps it";
            case NEEDS_VALUE ->
                "--default " + what + "=<value> gives them one, --null-field " + what + " lets it be null for now";
            case NARROWS -> "--allow-narrowing changes it";
            case CONVERTS -> "--allow-conversion converts them";
            case NOT_POSSIBLE -> "write the migration by hand";
        };
        return "refused: " + what + ": " + refusal.explanation().split("[;:]", 2)[0] + "; " + option;
    }

    private static String rename(String what, List<String> renames) {
        return renames.stream()
                .filter(each -> each.startsWith(what + "="))
                .findFirst()
                .orElse(what + "=<new name>");
    }
}
