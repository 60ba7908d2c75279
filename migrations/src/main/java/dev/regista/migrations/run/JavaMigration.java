package dev.regista.migrations.run;

import dev.regista.Registry;
import java.sql.Connection;

/**
 * A migration in Java, for data that SQL cannot convert. Ordered by its version among the scripts. Must be safe for use by
 * several threads, as it may run for several tenants at once.
 */
public interface JavaMigration {
    /** Returns the version, such as {@code 20260105120000}. */
    String version();

    /** Returns what it does, in a few words. */
    String description();

    /** Returns the name of the database it belongs to. Default: the main one. */
    default String database() {
        return Registry.MAIN;
    }

    /** Whether it runs in each tenant's schema, in place of the shared one. Default: false. */
    default boolean ofTenants() {
        return false;
    }

    /** Whether it can be taken back. Default: false. */
    default boolean hasDown() {
        return false;
    }

    /**
     * Applies it.
     *
     * @param connection names without a schema mean the schema that is migrated. In a transaction where DDL is part of
     *     transactions (PostgreSQL, SQLite), else in auto-commit; must not be committed, rolled back, closed or kept
     * @throws Exception to say that it failed
     */
    void up(Connection connection) throws Exception;

    /**
     * Takes it back. Called only if {@link #hasDown()}.
     *
     * @param connection as for {@link #up}
     * @throws Exception to say that it failed
     */
    default void down(Connection connection) throws Exception {
        throw new UnsupportedOperationException(getClass().getName() + " has no down()");
    }
}
