package dev.regista.cli;

import dev.regista.migrations.generate.RefusedChangesException.Refusal;

/** What is refused, and the option that allows it. */
final class Refusals {
    private Refusals() {}

    static String message(Refusal refusal) {
        String what = refusal.what();
        String option = switch (refusal.reason()) {
            case LOSES_DATA -> "--allow-drop drops it, --rename " + what + "=<new name> keeps it";
            case NEEDS_VALUE ->
                "--default " + what + "=<value> gives them one, --null-field " + what + " lets it be null for now";
            case NARROWS -> "--allow-narrowing changes it";
            case CONVERTS -> "--allow-conversion converts them";
            case NOT_POSSIBLE -> "write the migration by hand";
        };
        return "refused: " + what + ": " + refusal.explanation().split("[;:]", 2)[0] + "; " + option;
    }
}
