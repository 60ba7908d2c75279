package dev.regista.migrations.generate;

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

/** One product to test on; each {@link #fresh()} is an empty database of its own that goes away when closed. */
enum Store {
    H2,
    SQLITE,
    POSTGRES,
    MARIADB;

    /** An empty database. */
    interface Fresh extends AutoCloseable {
        SqlDatabaseBuilder at();

        @Override
        void close();
    }

    Fresh fresh() {
        return switch (this) {
            case H2 -> embedded("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", () -> {});
            case SQLITE -> sqlite();
            case POSTGRES -> server(TestServers.postgres().newDatabase());
            case MARIADB -> server(TestServers.mariadb().newDatabase());
        };
    }

    private static Fresh sqlite() {
        try {
            Path directory = Files.createTempDirectory("regista-sqlite");
            return embedded("jdbc:sqlite:" + directory.resolve("test.db"), () -> delete(directory));
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

    private static Fresh embedded(String url, Runnable end) {
        return new Fresh() {
            @Override
            public SqlDatabaseBuilder at() {
                return SqlDatabase.at(url);
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }

    static Fresh server(TestDatabase database) {
        return server(database, database::close);
    }

    static Fresh server(TestDatabase database, Runnable end) {
        return new Fresh() {
            @Override
            public SqlDatabaseBuilder at() {
                return SqlDatabase.at(database.url()).user(database.user()).password(database.password());
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }
}
