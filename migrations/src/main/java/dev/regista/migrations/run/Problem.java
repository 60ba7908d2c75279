package dev.regista.migrations.run;

import org.jspecify.annotations.Nullable;

/** A reason not to go on in a schema. Immutable. */
public sealed interface Problem {
    /** Returns the schema. */
    Place place();

    /** Returns what is wrong and what to do, one sentence each. */
    String message();

    /**
     * A file was changed after it had run.
     *
     * @param place the schema
     * @param script the file
     * @param expected the checksum it had when it ran
     * @param found the checksum it has now
     */
    record Edited(Place place, String script, int expected, int found) implements Problem {
        @Override
        public String message() {
            return script + " was edited after it ran in " + place + ": its checksum was " + expected + ", and is "
                    + found + " now. Restore the file and write a new migration, or repair the history";
        }
    }

    /**
     * The file of a version is another one than the one that ran.
     *
     * @param place the schema
     * @param script the file as it is now
     * @param expected the description, or the kind, of what ran
     * @param found what it is now
     */
    record Renamed(Place place, String script, String expected, String found) implements Problem {
        @Override
        public String message() {
            return script + " is not what ran in " + place + ": that was '" + expected + "', this is '" + found + "'";
        }
    }

    /**
     * A migration has run that is not there any more.
     *
     * @param place the schema
     * @param script the file or the class
     */
    record Missing(Place place, String script) implements Problem {
        @Override
        public String message() {
            return script + " has run in " + place + ", and is missing now. Restore it, or repair the history";
        }
    }

    /**
     * A migration has not run, but one with a higher version has.
     *
     * @param place the schema
     * @param script the file or the class
     * @param after the highest version that has run
     */
    record OutOfOrder(Place place, String script, Version after) implements Problem {
        @Override
        public String message() {
            return script + " has not run in " + place + ", which is at version " + after
                    + " already. Give it a higher version, or allow outOfOrder";
        }
    }

    /**
     * A migration that cannot be taken back by the database stopped half way.
     *
     * @param place the schema
     * @param script the file or the class
     * @param statement which statement it stopped at, counted from 1; 0 if that is not known
     * @param statements how many it has; 0 if that is not known
     * @param refused what the database said to that statement; null if the process ended while it ran
     */
    record Unfinished(
            Place place,
            String script,
            int statement,
            int statements,
            @Nullable String refused) implements Problem {
        @Override
        public String message() {
            return script + " stopped half way in " + place + ": " + what()
                    + ". Undo by hand what has been done, then repair the history: the script will run from its beginning";
        }

        private String what() {
            if (statements == 0) {
                return "the history does not say where";
            }
            String done = statement <= 1
                    ? "no statement has been done"
                    : "statements 1 to " + (statement - 1) + " of " + statements + " have been done";
            if (statement == 0) {
                return done;
            }
            return done
                    + (refused == null
                            ? ", statement " + statement
                                    + " was under way when the run ended, and may have been done or not"
                            : ", statement " + statement + " was refused: " + refused);
        }
    }
}
