package dev.regista.migrations;

import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** One product to test on; each {@link #fresh()} is an empty database of its own that goes away when closed. */
enum Store {
    H2,
    SQLITE,
    POSTGRES,
    MARIADB;

    /** An empty database. */
    record Fresh(String url, String user, String password, Runnable end) implements AutoCloseable {
        SqlDatabaseBuilder at() {
            SqlDatabaseBuilder builder = SqlDatabase.at(url);
            return user.isEmpty() ? builder : builder.user(user).password(password);
        }

        FluentConfiguration flyway() {
            return user.isEmpty()
                    ? Flyway.configure().dataSource(url, null, null)
                    : Flyway.configure().dataSource(url, user, password);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    Fresh fresh() {
        return switch (this) {
            case H2 -> new Fresh("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", () -> {});
            case SQLITE -> sqlite();
            case POSTGRES -> of(TestServers.postgres().newDatabase());
            case MARIADB -> of(TestServers.mariadb().newDatabase());
        };
    }

    static Fresh of(TestDatabase database) {
        return new Fresh(database.url(), database.user(), database.password(), database::close);
    }

    private static Fresh sqlite() {
        try {
            Path directory = Files.createTempDirectory("regista-sqlite");
            return new Fresh("jdbc:sqlite:" + directory.resolve("test.db"), "", "", () -> delete(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasSchemas() {
        return this != SQLITE;
    }

    /** Whether a script and its entry are one transaction. */
    boolean isTransactional() {
        return this == POSTGRES || this == SQLITE;
    }
}
