package dev.regista.migrations;

import dev.regista.migrations.generate.Migration;
import java.nio.file.Path;
import java.util.List;

/**
 * What the models of a database ask for in one kind of its schemas. Immutable.
 *
 * @param database the database's name
 * @param ofTenants whether it is for each tenant's schema, or for the shared one
 * @param migration the statements, up and down; none if nothing differs
 * @param files the files it was written to; none if it was not
 */
public record Draft(String database, boolean ofTenants, Migration migration, List<Path> files) {
    /** Copies. */
    public Draft {
        files = List.copyOf(files);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return migration.isEmpty();
    }
}
