package dev.regista.sql;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** In a file: in memory, SQLite has one connection, and units of work wait for each other. */
class SqliteKitIT extends SqlKit {
    @TempDir
    Path directory;

    @Override
    protected SqlDatabaseBuilder database() {
        return at("jdbc:sqlite:" + directory.resolve("kit.db")).driverProperty("busy_timeout", "3000");
    }

    @Override
    protected Set<Feature> lacks() {
        return Set.of(Feature.CONCURRENT_WRITERS);
    }
}
