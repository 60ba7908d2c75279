package dev.regista.sql;

import dev.regista.sql.tenancy.TenantDatabases;
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

        /** Where databases of tenants are, on the same server; only where there is more than one. */
        default TenantDatabases tenants() {
            throw new UnsupportedOperationException();
        }

        @Override
        void close();
    }

    Fresh fresh() {
        return switch (this) {
            case H2 -> h2("jdbc:h2:mem:" + UUID.randomUUID());
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

    private static Fresh h2(String url) {
        return new Fresh() {
            @Override
            public SqlDatabaseBuilder at() {
                return SqlDatabase.at(url);
            }

            @Override
            public TenantDatabases tenants() {
                return TenantDatabases.at(url + "-{tenant};DB_CLOSE_DELAY=-1");
            }

            @Override
            public void close() {
                // It ends with its last connection.
            }
        };
    }

    static Fresh server(TestDatabase database) {
        return new Fresh() {
            @Override
            public SqlDatabaseBuilder at() {
                return SqlDatabase.at(database.url()).user(database.user()).password(database.password());
            }

            @Override
            public TenantDatabases tenants() {
                return TenantDatabases.at(database.url().replace(database.name(), TenantDatabases.TENANT));
            }

            @Override
            public void close() {
                database.close();
            }
        };
    }
}
