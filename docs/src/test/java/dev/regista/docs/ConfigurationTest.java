package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.callback.Hook;
import dev.regista.config.Regista;
import dev.regista.config.SharedDatabases;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to configuration, with the files it shows. */
@ExtendWith(LeakChecker.class)
class ConfigurationTest {
    private static final Path FILES = Path.of(System.getProperty("basedir", ""), "src/test/resources");

    @TempDir
    Path directory;

    @Test
    void theLargeExampleReadsButForItsPlaceholders() throws IOException {
        Files.writeString(directory.resolve("shop-password"), "s3cret\n");
        Path file = Files.copy(FILES.resolve("databases.yaml"), directory.resolve("regista.yaml"));

        assertThatThrownBy(() ->
                        Regista.load(file).provide("vault", Secret.of("s3cret")).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allMatch(problem -> problem.contains("'com.example.")));
    }

    @Test
    void loading() {
        Map<String, String> variables = Map.of("ANALYTICS_URL", "jdbc:h2:mem:a", "ANALYTICS_PASSWORD", "");
        Path file = FILES.resolve("regista.yaml");
        // tag::loading[]
        Registry opened = Regista.load(file).environment(variables).open();
        Registry built = Regista.loadResource("regista.yaml")
                .environment(variables)
                .property("regista.databases.main.pool.size", "3") // nothing is stronger
                .build();
        String description = Regista.load(file).environment(variables).describe();
        // end::loading[]
        opened.close();
        assertThat(built.databases()).containsOnlyKeys("main", "analytics");
        assertThat(description)
                .contains("regista.databases.analytics.url = jdbc:h2:mem:a  (" + file + ":9 from ANALYTICS_URL)")
                .contains("regista.databases.analytics.password = ***");
    }

    @Test
    void parts() throws IOException {
        Path file = FILES.resolve("parts.yaml");
        Path notesFile = Files.createFile(directory.resolve("notes.properties"));
        List<String> log = new ArrayList<>();
        // tag::parts[]
        Hook<Database<?>> farewell = database -> log.add(database.name() + " closes");
        Registry registry = Regista.load(file)
                .environment(Map.of("NOTES_FILE", notesFile.toString()))
                .provide("farewell", farewell)
                .open();
        registry.database("notes").as(Properties.class).run(notes -> notes.setProperty("tea", "hot"));
        registry.close();
        // end::parts[]
        assertThat(notesFile).content().contains("tea=hot");
        assertThat(log).containsExactly("main closes");
        assertThat(Greeter.GREETED).containsExactly("opened [main, notes]");
    }

    @Test
    void profiles() {
        Path file = FILES.resolve("profiles.yaml");
        // tag::profiles[]
        Registry atHome = Regista.load(file).build();
        Registry inProduction = Regista.load(file).profile("prod").build();
        // end::profiles[]
        assertThat(atHome.main(SqlDatabase.class).url()).isEqualTo("jdbc:h2:mem:shop");
        assertThat(inProduction.main(SqlDatabase.class).url()).isEqualTo("jdbc:postgresql://db/shop");
    }

    @Test
    void sharing() {
        Path file = FILES.resolve("shared.yaml");
        // tag::shared[]
        SharedDatabases shared = new SharedDatabases();
        Registry sales = Regista.load(file).sharing(shared).open();
        Registry support = Regista.load(file).sharing(shared).open();
        sales.close(); // the database stays open for the other registry
        boolean open = support.main().isOpen();
        support.close(); // the last one: it closes
        // end::shared[]
        assertThat(open).isTrue();
        assertThat(shared.find("crm").orElseThrow().isOpen()).isFalse();
    }

    @Test
    void coreLib() {
        Path file = FILES.resolve("core-lib.yaml");
        // tag::core-lib[]
        Registry registry =
                Regista.load(file, "core_lib").models("db", Customer.class).open();
        SqlDatabase db = registry.main(SqlDatabase.class);
        // end::core-lib[]
        db.run(session -> session.persist(new Customer("Ada")));
        assertThat(registry.database("db")).isSameAs(db);
        registry.close();
    }

    @Test
    void composition() {
        List<String> log = new ArrayList<>();
        Path file = FILES.resolve("shared.yaml");
        // tag::composition[]
        class CustomerData {
            private final SqlDatabase database;

            CustomerData(SqlDatabase database) {
                this.database = database;
            }

            void add(String name) {
                database.run(session -> session.persist(new Customer(name)));
            }
        }

        class Shop implements AutoCloseable {
            final Registry registry = Regista.load(file)
                    .models("main", Customer.class)
                    .builder() // the registry's builder: what the file says, and more
                    .onOpen(opened -> opened.main(SqlDatabase.class).createAll())
                    .onOpen(opened -> log.add("ready"))
                    .onClose(closing -> log.add("first to come, last to go"))
                    .onClose(closing -> log.add("closing"))
                    .open();
            final CustomerData customers = new CustomerData(registry.main(SqlDatabase.class));

            @Override
            public void close() {
                registry.close();
            }
        }

        try (Shop shop = new Shop()) {
            shop.customers.add("Ada");
        }
        // end::composition[]
        assertThat(log).containsExactly("ready", "closing", "first to come, last to go");
    }
}
