package dev.regista.migrations.run;

/**
 * One migration in one schema, up or down.
 *
 * @param place the schema
 * @param direction whether it is applied or taken back
 * @param version its version
 * @param description its description
 * @param script the file, relative to its folder, or the class
 */
public record Step(Place place, Direction direction, Version version, String description, String script) {
    /** Which way a migration is run. */
    public enum Direction {
        /** It is applied. */
        UP,
        /** It is taken back. */
        DOWN
    }

    /** Returns it in words, such as {@code V2__orders.sql in database 'main'}. */
    @Override
    public String toString() {
        return script + " in " + place;
    }
}
