package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.MigrationFailedException;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants that have databases of their own. */
@ExtendWith(LeakChecker.class)
class TenantDatabasesIT {
    // Databases belong to the whole server.
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);
    private final String acme = "acme" + suffix;
    private final String beta = "beta" + suffix;

    @TempDir
    Path folder;

    private static String urlOfTenants(Store.Fresh fresh) {
        return fresh.url().startsWith("jdbc:h2")
                ? fresh.url().replaceFirst("mem:", "mem:{tenant}-")
                : fresh.url().replaceFirst("(//[^/]+/)[^?]*", "$1{tenant}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void theyAreMigratedAsTheOthers(Store store) {
        Scripts scripts = new Scripts(folder);
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at()
                        .models(Note.class)
                        .tenantDatabases(TenantDatabases.at(urlOfTenants(fresh)))
                        .tenantSetup(new MigratedTenants(scripts.settings()))
                        .build("main")) {
            database.connect();
            Migrations migrations = Migrations.of(database, scripts.settings());
            List<Draft> drafts = migrations.generate().version("1").write("notes");
            assertThat(drafts).hasSize(1);
            try {
                database.tenants().create(acme);
                database.tenants().create(beta);
                migrations.check();
                assertThat(migrations.generate().compare()).allMatch(Draft::isEmpty);
                database.tenant(acme).run(session -> session.persist(new Note(1, "x")));

                scripts.with(
                                "main/tenant/V2__only_acme.sql",
                                "insert into Note (id, text) select id + 1, 'y' from Note")
                        .with("main/tenant/U2__only_acme.sql", "delete from Note where id = 2");
                assertThat(migrations.tenants().planUpgrade(Target.head())).hasSize(2);
                assertThat(migrations.upgrade().with(Outcome.DONE)).hasSize(2);
                assertThat(notes(database, acme)).isEqualTo(2);
                assertThat(notes(database, beta)).isZero();
                migrations.downgrade(Target.steps(1));
                assertThat(notes(database, acme)).isEqualTo(1);
                oneThatCannotBeFilledIsNotCreated(database, scripts);
                if (store != Store.H2) {
                    // On H2, connecting creates.
                    anUnreachableOneStopsNobody(database, migrations);
                }
            } finally {
                database.tenants().list().forEach(tenant -> database.tenants().drop(tenant.name()));
            }
        }
    }

    private static long notes(SqlDatabase database, String tenant) {
        return database.tenant(tenant)
                .call(session -> session.createSelectionQuery("select count(*) from Note", Long.class)
                        .getSingleResult());
    }

    private void oneThatCannotBeFilledIsNotCreated(SqlDatabase database, Scripts scripts) {
        String late = "late" + suffix;
        scripts.with("main/tenant/V3__bad.sql", "insert into nowhere values (1)");
        assertThatThrownBy(() -> database.tenants().create(late)).isInstanceOf(MigrationFailedException.class);
        assertThat(database.tenants().exists(late)).isFalse();
        scripts.without("main/tenant/V3__bad.sql");
        // Its database has gone too.
        database.tenants().create(late);
        database.tenants().drop(late);
    }

    private void anUnreachableOneStopsNobody(SqlDatabase database, Migrations migrations) {
        // A tenant whose database nobody has made.
        Sql.execute(
                database,
                "insert into regista_tenant (name, schema_name, placement, state, created) select 'gone"
                        + suffix + "', 'no such database', placement, state, created from regista_tenant where name = '"
                        + beta + "'");
        FleetResult result = migrations.fleet().upgrade(Target.head());

        assertThat(result.failed())
                .extracting(failed -> failed.place().tenant())
                .containsExactly("gone" + suffix);
        assertThat(result.with(Outcome.DONE))
                .extracting(done -> done.place().tenant())
                .containsExactly(acme, beta);
        Sql.execute(database, "delete from regista_tenant where name = 'gone" + suffix + "'");
        database.tenants().refresh();
    }
}
