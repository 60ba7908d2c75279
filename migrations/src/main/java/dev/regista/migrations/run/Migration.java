package dev.regista.migrations.run;

import org.jspecify.annotations.Nullable;

/** One version of one schema's migrations: what to do upwards, and, if there is one, downwards. */
record Migration(
        Version version,
        String description,
        String type,
        String script,
        @Nullable Integer checksum,
        Body up,
        @Nullable Body down,
        String downName) {
    static final String SQL = "SQL";
    static final String JDBC = "JDBC";

    /** What is run. */
    sealed interface Body {
        /** A script, as it is in its file. */
        record Sql(String text, boolean isTransactional) implements Body {}

        /** A class. */
        record Java(JavaMigration migration) implements Body {}

        default boolean inTransaction() {
            return !(this instanceof Sql sql) || sql.isTransactional();
        }
    }

    Step step(Place place, Step.Direction direction) {
        return new Step(place, direction, version, description, direction == Step.Direction.UP ? script : downName);
    }

    /** Returns what to do to take it back. */
    Body downOf(Place place) {
        if (down == null) {
            throw new NoDownException(place, script, downName);
        }
        return down;
    }

    static Migration of(JavaMigration java) {
        String name = java.getClass().getName();
        return new Migration(
                Version.of(java.version()),
                java.description(),
                JDBC,
                name,
                null,
                new Body.Java(java),
                java.hasDown() ? new Body.Java(java) : null,
                name + ".down()");
    }
}
