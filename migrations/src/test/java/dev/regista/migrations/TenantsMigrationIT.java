package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.UnknownTenantException;
import dev.regista.migrations.fleet.FleetFailedException;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.MigrationFailedException;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A handful of tenants, on every product that has schemas. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenantsMigrationIT {
    @Parameter
    Store store;

    @TempDir
    Path folder;

    private Scripts scripts;
    private Store.Fresh fresh;
    private SqlDatabase database;
    private String prefix;
    private List<String> tenants;

    @BeforeEach
    void open() {
        scripts = new Scripts(folder)
                .with("main/V1__shared.sql", "create table shared (id int primary key)")
                .with("main/U1__shared.sql", "drop table shared")
                .with("main/tenant/V2__note.sql", "create table Note (id bigint primary key, text varchar(50))")
                .with("main/tenant/U2__note.sql", "drop table Note");
        fresh = store.fresh();
        database = builder().build("main");
        database.connect();
        prefix = database.schemas().defaultName() + "_";
        tenants = IntStream.range(0, 6).mapToObj(i -> prefix + "t-" + i).toList();
    }

    private dev.regista.sql.SqlDatabaseBuilder builder() {
        return fresh.at().models(Note.class).tenantSetup(new MigratedTenants(scripts.settings()));
    }

    @AfterEach
    void close() {
        if (!database.isOpen()) {
            database.connect();
        }
        database.tenants().refresh();
        database.tenants().list().forEach(tenant -> database.tenants().drop(tenant.name()));
        database.disconnect();
        fresh.close();
    }

    private Migrations migrations() {
        return Migrations.of(database, scripts.settings());
    }

    private void createTenants() {
        tenants.forEach(name -> database.tenants().create(name));
    }

    @Test
    void aNewTenantStartsAtHead() {
        createTenants();

        migrations().tenants().check();
        database.tenant(tenants.get(0)).run(session -> session.persist(new Note(1, "x")));
        assertThat(migrations().tenants().current().values())
                .allSatisfy(version -> assertThat(version).hasToString("Optional[2]"));
    }

    @Test
    void aStepDownIsAVersionWhereverItHasRun() {
        scripts.with("main/V3__more.sql", "create table more (id int)").with("main/U3__more.sql", "drop table more");
        migrations().upgrade();
        createTenants();

        assertThat(migrations().planDowngrade(Target.steps(1)))
                .singleElement()
                .satisfies(planned -> assertThat(planned.step().script()).isEqualTo("U3__more.sql"));
        assertThat(migrations().fleet().downgrade(Target.steps(1)).with(Outcome.DONE))
                .singleElement()
                .satisfies(done -> assertThat(done.place().isShared()).isTrue());
        assertThat(migrations().tenants().current().values())
                .allSatisfy(version -> assertThat(version).hasToString("Optional[2]"));

        assertThat(migrations().fleet().downgrade(Target.steps(2)).with(Outcome.DONE))
                .hasSize(7);
        assertThat(migrations().current().values()).containsOnly(java.util.Optional.empty());
    }

    @Test
    void aTenantThatCannotBeMigratedIsNotCreated() {
        scripts.with("main/tenant/V3__bad.sql", "insert into nowhere values (1)");

        assertThatThrownBy(() -> database.tenants().create(tenants.get(0)))
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("V3__bad.sql in tenant '" + tenants.get(0) + "' of database 'main'");
        assertThat(database.tenants().list()).isEmpty();
        assertThat(database.schemas().exists(tenants.get(0))).isFalse();
        scripts.without("main/tenant/V3__bad.sql");
        database.tenants().create(tenants.get(0));
        migrations().tenants().check();
    }

    @Test
    void namesWithoutASchemaMeanTheOneThatIsMigratedAndNothingLeaks() throws java.sql.SQLException {
        createTenants();
        String text = store == Store.MARIADB ? "database()" : store == Store.H2 ? "schema()" : "current_schema()";
        // What a script does to its session must reach neither the next tenant nor the pool.
        String mischief = switch (store) {
            case POSTGRES -> "select set_config('search_path', 'pg_catalog', false);";
            case MARIADB -> "use information_schema;";
            default -> "set schema information_schema;";
        };
        scripts.with("main/V3__where.sql", "create table place as select " + text + " as name;\n" + mischief);
        scripts.with("main/tenant/V3__where.sql", "create table place as select " + text + " as name;\n" + mischief);
        scripts.with("main/V4__after.sql", "insert into place values ('after')");
        scripts.with("main/tenant/V4__after.sql", "insert into place values ('after')");

        migrations().upgrade();

        for (String tenant : tenants) {
            assertThat(Sql.query(database, "select name from " + quoted(tenant) + ".place"))
                    .containsExactlyInAnyOrder(tenant, "after");
        }
        assertThat(Sql.query(database, "select name from place"))
                .containsExactlyInAnyOrder(database.schemas().defaultName(), "after");
        List<String> schemas =
                database.jdbc().<List<String>, java.sql.SQLException>read(connection -> List.of(name(connection)));
        assertThat(schemas).containsExactly(database.schemas().defaultName());
        migrations().check();
    }

    private String quoted(String name) {
        return store == Store.MARIADB ? "`" + name + "`" : "\"" + name + "\"";
    }

    private String name(Connection connection) throws java.sql.SQLException {
        return store == Store.MARIADB ? connection.getCatalog() : connection.getSchema();
    }

    @Test
    void scriptsOfTenantsInADatabaseWithoutAreRefused() {
        try (SqlDatabase without = fresh.at().build("main")) {
            without.connect();
            assertThatThrownBy(() -> Migrations.of(without, scripts.settings()).upgrade())
                    .isInstanceOf(dev.regista.ConfigurationException.class)
                    .hasMessage("database 'main' has no tenant models, but migrations for tenants: V2__note.sql");
        }
    }

    @Test
    void theSharedSchemaIsCreatedIfItIsNotTheConnectionsOwn() {
        String name = prefix + "shared";
        try (SqlDatabase own = fresh.at().schema(name).models(Note.class).build("main")) {
            own.connect();
            scripts.without("main/tenant/V2__note.sql").without("main/tenant/U2__note.sql");
            Migrations.of(own, scripts.settings()).upgrade();
            Migrations.of(own, scripts.settings()).check();
            assertThat(Sql.query(own, "select count(*) from " + quoted(name) + ".shared"))
                    .containsExactly("0");
            own.schemas().dropCascade(name);
        }
    }

    @Test
    void oneTenantIsMigratedAloneAndAnUnknownOneRefused() {
        createTenants();
        scripts.with("main/tenant/V3__three.sql", "create table three (id int)")
                .with("main/tenant/U3__three.sql", "drop table three");

        FleetResult result = migrations().tenant(tenants.get(1)).upgrade();

        assertThat(result.schemas())
                .singleElement()
                .extracting(SchemaResult::place)
                .extracting(Place::tenant)
                .isEqualTo(tenants.get(1));
        assertThat(migrations().tenants().pending().values().stream().filter(List::isEmpty))
                .hasSize(1);
        migrations().tenant(tenants.get(1)).downgrade(Target.steps(1));
        assertThat(migrations().tenants().pending().values()).allMatch(pending -> pending.size() == 1);
        assertThatThrownBy(() -> migrations().tenant("nobody").upgrade()).isInstanceOf(UnknownTenantException.class);
    }

    @Test
    void aBrokenTenantStopsNobodyAndTheNextRunTouchesOnlyIt() {
        createTenants();
        migrations().upgrade();
        scripts.with(
                "main/tenant/V3__three.sql", "insert into Note values (7, 'seven');\ncreate table three (id int);");
        String broken = tenants.get(3);
        Sql.execute(database, "insert into " + quoted(broken) + ".Note values (7, 'in the way')");

        FleetResult result = migrations().fleet().connections(3).upgrade(Target.head());

        assertThat(result.with(Outcome.DONE)).hasSize(5);
        assertThat(result.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.place().tenant()).isEqualTo(broken);
            assertThat(failed.problem().orElseThrow()).isInstanceOf(MigrationFailedException.class);
        });
        assertThatThrownBy(result::orThrow)
                .isInstanceOf(FleetFailedException.class)
                .hasMessageContaining("1 of 7 schemas failed: tenant '" + broken + "' of database 'main'");
        assertThat(migrations().fleet().skew().isEven()).isFalse();

        Sql.execute(database, "delete from " + quoted(broken) + ".Note");
        if (!store.isTransactional()) {
            migrations().repair();
        }
        FleetResult again = migrations().upgrade();
        assertThat(again.with(Outcome.DONE))
                .singleElement()
                .extracting(each -> each.place().tenant())
                .isEqualTo(broken);
        assertThat(again.with(Outcome.UP_TO_DATE)).hasSize(6);
        migrations().check();
    }

    @Test
    void aFailingCanaryOrSharedSchemaSparesTheOthers() {
        createTenants();
        migrations().upgrade();
        scripts.with("main/tenant/V3__bad.sql", "insert into nowhere values (1)");

        FleetResult canary = migrations().fleet().canaries(tenants.get(2)).upgrade(Target.head());
        assertThat(canary.failed())
                .singleElement()
                .extracting(each -> each.place().tenant())
                .isEqualTo(tenants.get(2));
        assertThat(canary.with(Outcome.SKIPPED)).hasSize(5);

        FleetResult limited =
                migrations().tenants().fleet().connections(1).stopAfter(2).upgrade(Target.head());
        assertThat(limited.failed()).hasSize(2);
        assertThat(limited.with(Outcome.SKIPPED)).hasSize(4);

        scripts.without("main/tenant/V3__bad.sql").with("main/V4__bad.sql", "insert into nowhere values (1)");
        migrations().repair();
        scripts.with("main/tenant/V5__five.sql", "create table five (id int)");
        FleetResult shared = migrations().fleet().upgrade(Target.head());
        assertThat(shared.failed())
                .singleElement()
                .extracting(each -> each.place().isShared())
                .isEqualTo(true);
        assertThat(shared.with(Outcome.SKIPPED)).hasSize(6);
    }

    @Test
    void everythingIsTakenBackTenantsFirst() {
        createTenants();
        migrations().upgrade();
        List<String> before = tables();

        FleetResult result = migrations().downgrade(Target.base());

        assertThat(result.with(Outcome.DONE)).hasSize(7);
        migrations().upgrade();
        assertThat(tables()).isEqualTo(before);
        assertThat(migrations().fleet().skew().groups())
                .extracting(group -> group.ofTenants() + " " + group.version().orElseThrow() + " "
                        + group.places().size())
                .containsExactly("false 1 1", "true 2 6");
        assertThat(migrations().fleet().skew().isEven()).isTrue();
    }

    private List<String> tables() {
        return Sql.query(
                database,
                "select concat(table_schema, '.', table_name, '.', column_name) from information_schema.columns"
                        + " where table_schema like '" + prefix + "%' order by 1");
    }

    @Test
    void aDatabaseIsMigratedWhenItOpensUnlessThatIsSwitchedOff() {
        createTenants();
        scripts.with("main/tenant/V3__three.sql", "create table three (id int)");
        database.disconnect();
        SqlDatabase second =
                builder().onOpen(new MigrateOnOpen(scripts.settings())).build("main");
        System.setProperty(MigrateOnOpen.PROPERTY, "False");
        try {
            second.connect();
            assertThat(Migrations.of(second, scripts.settings()).pending().values())
                    .anyMatch(pending -> !pending.isEmpty());
            second.disconnect();
        } finally {
            System.clearProperty(MigrateOnOpen.PROPERTY);
        }
        second.connect();
        Migrations.of(second, scripts.settings()).check();
        second.disconnect();

        scripts.with("main/V4__bad.sql", "insert into nowhere values (1)");
        assertThatThrownBy(second::connect).hasStackTraceContaining("V4__bad.sql");
        assertThat(second.isOpen()).isFalse();
    }
}
