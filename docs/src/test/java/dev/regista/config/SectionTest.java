package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.migrations.run.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks beside the databases. */
class SectionTest {
    @TempDir
    Path folder;

    private RegistryLoader load(String yaml) throws IOException {
        return Regista.load(Files.writeString(folder.resolve("regista.yaml"), yaml));
    }

    @Test
    void whatABlockBesideTheDatabasesSaysCanBeAskedFor() throws IOException {
        RegistryLoader loader = load("""
                regista:
                  migrations:
                    locations: [classpath:db/migration, "filesystem:${DIR:/scripts}"]
                    placeholders: {owner: shop}
                    out-of-order: true
                    lock-timeout: 10s
                  databases:
                    main: {url: "jdbc:h2:mem:x"}
                """);

        MigrationSettings settings = loader.section(MigrationSettings.class).orElseThrow();

        assertThat(settings.locations()).containsExactly("classpath:db/migration", "filesystem:/scripts");
        assertThat(settings.placeholders()).containsEntry("owner", "shop");
        assertThat(settings.outOfOrder()).isTrue();
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(loader.describe())
                .contains("regista.migrations.locations = filesystem:/scripts")
                .doesNotContain("shop");
    }

    @Test
    void withoutTheBlockTheDefaultsHold() throws IOException {
        assertThat(load("regista: {databases: {main: {url: 'jdbc:h2:mem:x'}}}").section(MigrationSettings.class))
                .contains(MigrationSettings.DEFAULT);
        assertThat(load("regista: {databases: {main: {url: 'jdbc:h2:mem:x'}}}").section(Thread.class))
                .isEmpty();
    }

    @Test
    void withAPrefixItIsNoDatabase() throws IOException {
        try (Registry registry = Regista.load(Files.writeString(folder.resolve("c.yaml"), """
                        data:
                          migrations: {out_of_order: yes}
                          main: {url: "jdbc:h2:mem:x"}
                        """), "data")
                .build()) {
            assertThat(registry.databases()).containsOnlyKeys("main");
        }
    }

    @Test
    void mistakesHaveTheirLine() throws IOException {
        RegistryLoader loader = load("""
                regista:
                  migrations:
                    location: db/migration
                  databases:
                    main: {url: "jdbc:h2:mem:x"}
                """);
        assertThatThrownBy(loader::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("regista.yaml:")
                .hasMessageContaining("a location begins with classpath: or filesystem:");
        assertThatThrownBy(load("""
                        regista:
                          migrations: {out-of-oder: true}
                          databases:
                            main: {url: "jdbc:h2:mem:x"}
                        """)::build)
                .hasMessageContaining("regista.yaml:2")
                .hasMessageContaining("out-of-order");
        assertThatThrownBy(load("""
                        regista:
                          migrations: db/migration
                          databases:
                            main: {url: "jdbc:h2:mem:x"}
                        """)::build)
                .hasMessageContaining("regista.yaml:2")
                .hasMessageContaining("must be a block");
    }

    @Test
    void databasesReferToWhatItProvides() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts/main"));
        Files.writeString(scripts.resolve("V1__thing.sql"), "create table thing (id int)");
        try (Registry registry = load("""
                        regista:
                          migrations: {locations: "filesystem:%s"}
                          databases:
                            main:
                              url: "jdbc:h2:mem:section"
                              on-open: dev.regista.migrations.MigrateOnOpen
                              tenant-setup: dev.regista.migrations.MigratedTenants
                        """.formatted(scripts.getParent())).open()) {
            int rows = registry.main(dev.regista.sql.SqlDatabase.class)
                    .call(session -> session.createNativeQuery("select * from thing", Object.class)
                            .getResultList()
                            .size());
            assertThat(rows).isZero();
        }
    }
}
