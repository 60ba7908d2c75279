package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotSupportedException;
import dev.regista.UnknownTenantException;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.tenancy.TenantModel;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations of what each tenant has. */
@ExtendWith(LeakChecker.class)
class TenantsIT {
    @Entity(name = "Country")
    @Table(name = "country")
    static class Country {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "Invoice")
    @Table(name = "invoice")
    @TenantModel
    static class First {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "Invoice")
    @Table(name = "invoice")
    @TenantModel
    static class Second {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        Country country;

        @ManyToOne
        Second copyOf;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB"})
    void oneMigrationIsForAllTenants(Store store) throws SQLException {
        String acme = "acme" + System.nanoTime();
        String zeta = "Zeta Inc " + System.nanoTime();
        try (Store.Fresh fresh = store.fresh()) {
            try (SqlDatabase database = fresh.at()
                    .models(Country.class, First.class)
                    .createTables(true)
                    .build("first")) {
                database.connect();
                database.tenants().create(acme);
                database.tenants().create(zeta);
                assertThat(Generator.of(database).compare().up()).isEmpty();
                assertThat(Generator.of(database).compareTenant(acme).up()).isEmpty();
            }
            try (SqlDatabase database =
                    fresh.at().models(Country.class, Second.class).build("second")) {
                database.connect();
                Generator generator = Generator.of(database);
                Migration migration = generator.compareTenant(acme);

                assertThat(generator.compare().up()).as("the shared ones").isEmpty();
                assertThat(migration.up()).anyMatch(sql -> sql.contains("${shared}"));
                assertThat(migration.up()).noneMatch(sql -> sql.contains(acme));
                assertThat(generator.compareTenant(zeta)).isEqualTo(migration);

                for (String tenant : List.of(acme, zeta)) {
                    execute(database, store, tenant, migration.up());
                    assertThat(generator.compareTenant(tenant).up()).isEmpty();
                    execute(database, store, tenant, migration.down());
                    assertThat(generator.compareTenant(tenant)).isEqualTo(migration);
                    execute(database, store, tenant, migration.up());
                }
                List<String> all =
                        generator.compareTenantsWithScripts(List.of()).up();
                assertThat(generator.compareTenantsWithScripts(all).up()).isEmpty();
                database.tenants().list().forEach(tenant -> database.tenants().drop(tenant.name()));
            }
        }
    }

    /** With the tenant's schema as the current one. */
    private static void execute(SqlDatabase database, Store store, String schema, List<String> statements)
            throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            String before = store == Store.MARIADB ? connection.getCatalog() : connection.getSchema();
            enter(connection, store, schema);
            for (String sql : statements) {
                statement.execute(sql.replace("${shared}", database.schemas().defaultName()));
            }
            enter(connection, store, before);
        }
    }

    private static void enter(Connection connection, Store store, String schema) throws SQLException {
        if (store == Store.MARIADB) {
            connection.setCatalog(schema);
        } else {
            connection.setSchema(schema);
        }
    }

    @Test
    void aTenantMustExist() {
        try (Store.Fresh fresh = Store.H2.fresh();
                SqlDatabase database =
                        fresh.at().models(Country.class, First.class).build("main")) {
            database.connect();

            assertThatThrownBy(() -> Generator.of(database).compareTenant("nobody"))
                    .isInstanceOf(UnknownTenantException.class)
                    .hasMessageContaining("nobody");
        }
    }

    @Test
    void aDatabaseWithoutTenantsHasNoneToCompare() {
        try (Store.Fresh fresh = Store.H2.fresh();
                SqlDatabase database = fresh.at().models(Country.class).build("main")) {
            database.connect();

            assertThatThrownBy(() -> Generator.of(database).compareTenant("acme"))
                    .isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> Generator.of(database).compareTenantsWithScripts(List.of()))
                    .isInstanceOf(NotSupportedException.class);
        }
    }
}
