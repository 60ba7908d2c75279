package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Registry;
import dev.regista.config.Regista;
import dev.regista.config.RegistryLoader;
import dev.regista.migrations.Draft;
import dev.regista.migrations.MigrateOnOpen;
import dev.regista.migrations.MigratedTenants;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.fleet.Skew;
import dev.regista.migrations.generate.GeneratorOptions;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.NoDownException;
import dev.regista.migrations.run.PlannedStep;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to migrations. */
@ExtendWith(LeakChecker.class)
class MigrationsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private MigrationSettings settings;
    private Registry registry;
    private SqlDatabase main;

    @BeforeEach
    void open() {
        String url = postgres.url();
        String user = postgres.user();
        String password = postgres.password();
        // tag::open[]
        settings = MigrationSettings.builder()
                .location("classpath:db/migration") // the default
                .build();
        registry = Registry.builder()
                .main(SqlDatabase.at(url)
                        .user(user)
                        .password(password)
                        .models(Customer.class, Order.class)
                        .onOpen(new MigrateOnOpen(settings)) // all schemas to head, before anyone uses the database
                        .tenantSetup(new MigratedTenants(settings))) // new tenants start at head
                .open();
        // end::open[]
        main = registry.main(SqlDatabase.class);
        main.tenants().create("acme");
        main.tenants().create("globex");
    }

    @AfterEach
    void close() {
        registry.close();
        postgres.close();
    }

    @Test
    void operations() {
        // tag::operations[]
        Migrations migrations = Migrations.of(registry, settings);
        migrations.upgrade(); // all databases, all tenants
        migrations.tenant("acme").downgrade(Target.steps(1)); // one tenant, one step back
        migrations.tenant("acme").upgrade(Target.version("3"));
        migrations.shared().upgrade(); // no tenants
        migrations.current(); // the version of each schema
        migrations.history(); // what ran when
        migrations.pending(); // what has not run
        migrations.validate(); // throws if a file was edited, renamed or deleted after it ran
        migrations.check(); // for CI: as validate, and throws if anything is pending
        // end::operations[]
        main.tenant("acme").run(session -> session.persist(new Order("anvil")));
        assertThat(migrations.current()).hasSize(3);
    }

    @Test
    void plan() {
        Migrations migrations = Migrations.of(registry, settings);
        // tag::plan[]
        for (PlannedStep planned : migrations.planDowngrade(Target.base())) {
            String sql = planned.sql(); // with what goes into the history
        }
        // end::plan[]
        assertThat(migrations.planDowngrade(Target.base())).hasSize(5);
        migrations.check();
    }

    @Test
    void fleet() {
        Migrations migrations = Migrations.of(registry, settings);
        migrations.tenants().downgrade(Target.base());
        // tag::fleet[]
        FleetResult result = migrations
                .fleet()
                .canaries("acme") // alone, first; if it fails, no other tenant is touched
                .connections(8) // at a time, for one database
                .stopAfter(10) // failures
                .upgrade(Target.head());

        for (SchemaResult failed : result.failed()) {
            String what = failed.place() + ": " + failed.failure();
        }
        Skew skew = migrations.fleet().skew(); // which schemas are at which version
        // end::fleet[]
        assertThat(result.isComplete()).isTrue();
        assertThat(skew.isEven()).isTrue();
    }

    @Test
    void stamp() {
        Migrations migrations = Migrations.of(registry, settings);
        // tag::stamp[]
        migrations.database("main").stamp(Target.version("3")); // its tables are there already
        migrations.repair(); // the histories say what the files say
        // end::stamp[]
        migrations.check();
    }

    @Test
    void generate(@TempDir Path folder) {
        MigrationSettings settings =
                MigrationSettings.builder().location(folder).build();
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:" + folder.getFileName()).models(Customer.class, Order.class))
                .open()) {
            // tag::generate[]
            Migrations migrations = Migrations.of(registry, settings);
            List<Draft> drafts = migrations.generate().write("first"); // files, up and down
            migrations.upgrade();
            // end::generate[]
            assertThat(drafts).hasSize(2);

            // tag::allow[]
            List<Draft> changes = migrations
                    .generate()
                    .options(GeneratorOptions.builder()
                            .rename("customer.title=name") // not dropped and added, but renamed
                            .defaultValue("Customer.visits", "0") // for rows that exist
                            .nullable("Order.what") // may be null until the next migration
                            .allowDrop(false) // the default: what would lose data is refused
                            .build())
                    .withScripts(true) // compares with what the scripts make, and not with the live schemas
                    .compare(); // or write(..)
            // end::allow[]
            assertThat(changes).hasSize(2).allMatch(Draft::isEmpty);
        }
    }

    @Test
    void yaml() {
        RegistryLoader loader = Regista.loadResource("migrations.yaml");

        assertThat(loader.section(MigrationSettings.class).orElseThrow().locations())
                .containsExactly("filesystem:src/main/resources/db/migration");
        assertThat(loader.build().databases()).containsOnlyKeys("main");
    }

    @Test
    void java() {
        main.tenant("acme").run(session -> session.persist(new Order("anvil")));
        // tag::settings[]
        MigrationSettings settings = MigrationSettings.builder()
                .location("classpath:db/migration") // the default; or filesystem:…
                .placeholder("owner", "shop") // ${owner} in scripts
                .javaMigrations(new UpperCase())
                .outOfOrder(true) // default: false
                .lockTimeout(Duration.ofMinutes(1)) // default: 5 minutes
                .build();
        // end::settings[]
        Migrations.of(registry, settings).upgrade();
        assertThat(main.tenant("acme")
                        .<String, RuntimeException>read(
                                session -> session.createSelectionQuery("select what from Order", String.class)
                                        .getSingleResult()))
                .isEqualTo("ANVIL");
        List<SchemaResult> failed = Migrations.of(registry, settings)
                .tenants()
                .fleet()
                .downgrade(Target.steps(1))
                .failed();
        assertThat(failed)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.failure()).isInstanceOf(NoDownException.class));
        assertThatThrownBy(
                        () -> Migrations.of(registry, settings).tenant("nobody").upgrade())
                .hasMessageContaining("nobody");
    }
}
