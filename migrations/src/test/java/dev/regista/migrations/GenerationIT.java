package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.generate.GeneratorOptions;
import dev.regista.migrations.generate.RefusedChangesException;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.PendingException;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.Version;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.tenancy.TenantModel;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the generator writes, the runner runs: nothing more has to be said. */
@ExtendWith(LeakChecker.class)
class GenerationIT {
    @Entity(name = "Country")
    @Table(name = "country")
    static class Country {
        @Id
        @GeneratedValue
        Long id;

        @Column(length = 40)
        String name;
    }

    @Entity(name = "Country")
    @Table(name = "country")
    static class RenamedCountry {
        @Id
        @GeneratedValue
        Long id;

        @Column(name = "full_name", length = 40)
        String name;
    }

    @Entity(name = "Invoice")
    @Table(name = "invoice")
    @TenantModel
    static class Invoice {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        Country country;
    }

    @Entity(name = "Invoice")
    @Table(name = "invoice")
    @TenantModel
    static class GrownInvoice {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        RenamedCountry country;

        @Column(nullable = false, length = 20)
        String number;
    }

    @Entity(name = "OldCountry")
    @Table(name = "old_country")
    static class OldCountry {
        @Id
        Long id;
    }

    @Entity(name = "OldCountry")
    @Table(name = "old_country")
    static class GrownOldCountry {
        @Id
        Long id;

        @Column(nullable = false, length = 2)
        String code;
    }

    private static final GeneratorOptions SECOND = GeneratorOptions.builder()
            .rename("country.name=full_name")
            .defaultValue("Invoice.number", "none")
            .build();

    @TempDir
    Path folder;

    private MigrationSettings settings() {
        return MigrationSettings.builder().location(folder).build();
    }

    private Registry open(Store.Fresh fresh, Class<?>... models) {
        return Registry.builder()
                .main(fresh.at().models(models).tenantSetup(new MigratedTenants(settings())))
                .open();
    }

    private Migrations migrations(Registry registry) {
        return Migrations.of(registry, settings());
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB"})
    void fromModelsToSchemasAndBack(Store store) throws IOException {
        String acme = "acme" + System.nanoTime();
        String zeta = "Zeta Inc " + System.nanoTime();
        try (Store.Fresh fresh = store.fresh()) {
            try (Registry registry = open(fresh, Country.class, Invoice.class)) {
                Migrations migrations = migrations(registry);
                List<Draft> drafts = migrations.generate().version("1").write("first");

                assertThat(drafts).extracting(Draft::ofTenants).containsExactly(false, true);
                assertThat(drafts.get(1).files())
                        .containsExactly(
                                folder.resolve("main/tenant/V1__first.sql"),
                                folder.resolve("main/tenant/U1__first.sql"));
                assertThat(drafts.get(1).files().get(0)).content().contains("${shared}");
                assertThatThrownBy(() -> migrations.generate().write("second")).isInstanceOf(PendingException.class);
                assertThat(migrations.generate().withScripts(true).compare()).allMatch(Draft::isEmpty);

                SqlDatabase main = registry.main(SqlDatabase.class);
                migrations.upgrade();
                main.tenants().create(acme);
                main.tenants().create(zeta);
                migrations.check();
                assertThat(migrations.generate().write("nothing")).isEmpty();
                main.tenant(acme).run(session -> session.persist(new Invoice()));
            }
            try (Registry registry = open(fresh, RenamedCountry.class, GrownInvoice.class)) {
                Migrations migrations = migrations(registry);
                Generation generation = migrations.generate().version("2");
                assertThatThrownBy(() -> generation.write("second"))
                        .isInstanceOfSatisfying(
                                RefusedChangesException.class,
                                refused -> assertThat(refused.possibleRenames())
                                        .singleElement()
                                        .asString()
                                        .isEqualToIgnoringCase("country.name=country.full_name"));

                List<Draft> drafts = generation.options(SECOND).write("second");
                assertThat(drafts).hasSize(2);
                FleetResult result = migrations.upgrade();

                assertThat(result.schemas()).hasSize(3);
                assertThat(migrations.generate().compare()).allMatch(Draft::isEmpty);
                assertThat(migrations.generate().withScripts(true).compare()).allMatch(Draft::isEmpty);
                String number = registry.main(SqlDatabase.class)
                        .tenant(acme)
                        .call(session -> session.createSelectionQuery("select number from Invoice", String.class)
                                .getSingleResult());
                assertThat(number).isEqualTo("none");

                migrations.downgrade(Target.steps(1));
                assertThat(migrations.current().values()).containsOnly(Optional.of(Version.of("1")));
            }
            try (Registry registry = open(fresh, Country.class, Invoice.class)) {
                for (String file : List.of("V2__second.sql", "U2__second.sql")) {
                    Files.delete(folder.resolve("main").resolve(file));
                    Files.delete(folder.resolve("main/tenant").resolve(file));
                }
                Migrations migrations = migrations(registry);
                assertThat(migrations.generate().compare()).allMatch(Draft::isEmpty);
                migrations.downgrade(Target.base());
                SqlDatabase main = registry.main(SqlDatabase.class);
                main.tenants().list().forEach(tenant -> main.tenants().drop(tenant.name()));
            }
        }
    }

    @Test
    void whatOptionsNameMustBeSomewhere() {
        try (Store.Fresh fresh = Store.H2.fresh();
                Registry registry = open(fresh, Country.class, Invoice.class)) {
            Generation generation = migrations(registry)
                    .generate()
                    .options(GeneratorOptions.builder()
                            .rename("nowhere=neither")
                            .defaultValue("Country.nothing", "x")
                            .build());

            assertThatThrownBy(generation::compare)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'nowhere=neither'")
                    .hasMessageContaining("'Country.nothing'");
        }
    }

    @Test
    void optionsAreForWhicheverDatabaseKnowsThem() {
        try (Store.Fresh one = Store.H2.fresh();
                Store.Fresh other = Store.H2.fresh()) {
            try (Registry registry = Registry.builder()
                    .main(one.at().models(Country.class))
                    .extra("archive", other.at().models(OldCountry.class))
                    .open()) {
                Migrations migrations = migrations(registry);
                assertThat(migrations.generate().version("1").write("first")).hasSize(2);
                migrations.upgrade();
            }
            try (Registry registry = Registry.builder()
                    .main(one.at().models(RenamedCountry.class))
                    .extra("archive", other.at().models(GrownOldCountry.class))
                    .open()) {
                Generation generation = migrations(registry).generate();
                assertThatThrownBy(generation::compare)
                        .isInstanceOfSatisfying(
                                RefusedChangesException.class,
                                refused -> assertThat(refused.refusals())
                                        .extracting(RefusedChangesException.Refusal::what)
                                        .containsExactly("COUNTRY.NAME", "OLD_COUNTRY.CODE"));

                List<Draft> drafts = generation
                        .options(GeneratorOptions.builder()
                                .rename("country.name=full_name")
                                .defaultValue("OldCountry.code", "xx")
                                .build())
                        .version("2")
                        .write("second");
                assertThat(drafts).extracting(Draft::database).containsExactly("main", "archive");
                migrations(registry).upgrade();
                assertThat(generation.compare()).allMatch(Draft::isEmpty);
            }
        }
    }

    @Test
    void aVersionIsHigherThanThoseThatThereAre() {
        try (Store.Fresh fresh = Store.H2.fresh();
                Registry registry = open(fresh, Country.class)) {
            Migrations migrations = migrations(registry);
            String future = "99990101000000";
            migrations.generate().version(future).writeEmpty("main", false, "by hand");

            assertThatThrownBy(() -> migrations.generate().version("7").writeEmpty("main", false, "late"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(future);
            assertThat(migrations.generate().writeEmpty("main", false, "next").get(0))
                    .hasFileName("V99990101000001__next.sql");
            migrations.upgrade();
            migrations.downgrade(Target.base());
        }
    }

    @Test
    void withoutAFolderNothingCanBeWritten() {
        try (Store.Fresh fresh = Store.H2.fresh();
                Registry registry = open(fresh, Country.class)) {
            assertThatThrownBy(() -> Migrations.of(registry).generate().write("first"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("classpath:db/migration");
            assertThat(Migrations.of(registry).generate().into(folder).write("first"))
                    .singleElement()
                    .satisfies(draft -> assertThat(draft.files().get(0)).hasParent(folder.resolve("main")));
        }
    }
}
