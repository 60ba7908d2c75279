package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files as core-lib has them. */
@ExtendWith(LeakChecker.class)
class CoreLibConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void theBlockOfTheSqlConnectionRegistrysPageOpensAnInMemoryDatabaseWithItsTable() throws IOException {
        Path file = write("""
                core_lib:

                  db:
                    log_queries: false
                    create_db: true
                    session:
                      pool_recycle: 3600
                      pool_pre_ping: false
                    url:
                      protocol: sqlite
                """);

        try (Registry registry =
                Regista.load(file, "core_lib").models("db", User.class).open()) {
            SqlDatabase db = registry.main(SqlDatabase.class);

            db.run(session -> session.persist(new User("Ada")));

            User ada = db.read(session -> session.find(User.class, 1L));
            assertThat(ada.name).isEqualTo("Ada");
            assertThat(db.url()).isEqualTo("jdbc:sqlite::memory:");
            assertThat(registry.database("db")).isSameAs(db);
        }
    }

    @Test
    void describeShowsWhatItsKeysMean() throws IOException {
        Path file = write("""
                core_lib:
                  data:
                    db:
                      log_queries: true
                      create_db: false
                      session: {pool_recycle: 3600, pool_pre_ping: true, pool_size: 7, max_overflow: 3}
                      url: {protocol: postgresql, username: ada, password: "${oc.env:DB_PASSWORD}", host: localhost, port: 5433, path: shop}
                """);

        String text = Regista.load(file, "core_lib.data")
                .environment(Map.of("DB_PASSWORD", "p@ss:word"))
                .describe();

        assertThat(text)
                .contains("core_lib.data.db.pool.max-lifetime = 3600  (" + file + ":6)")
                .contains("core_lib.data.db.pool.size = 7")
                .contains("core_lib.data.db.log-queries = true")
                .contains("core_lib.data.db.url.password = ***  (" + file + ":7 from DB_PASSWORD)")
                .doesNotContain("p@ss");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }
}
