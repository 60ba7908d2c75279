package dev.regista.examples.quickstart;

import dev.regista.sql.SqlDatabase;

/** Data access: what happened. */
final class Events {
    private final SqlDatabase database;

    Events(SqlDatabase database) {
        this.database = database;
    }

    void add(String text) {
        database.run(session -> session.persist(new Event(text)));
    }

    long count() {
        return database.read(session ->
                session.createQuery("select count(*) from Event", Long.class).getSingleResult());
    }
}
