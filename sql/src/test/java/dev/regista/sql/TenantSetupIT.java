package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.TenantSuspendedException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What fills the schema of a new tenant in place of the models' tables. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenantSetupIT {
    private final String tenant = "t_" + UUID.randomUUID().toString().substring(0, 8);

    @Parameter
    Store store;

    private void with(TenantSetup setup, java.util.function.Consumer<SqlDatabase> test) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at()
                        .models(Country.class, Label.class)
                        .tenantSetup(setup)
                        .build("main")) {
            database.connect();
            try {
                test.accept(database);
            } finally {
                database.tenants().list().forEach(each -> database.tenants().drop(each.name()));
            }
        }
    }

    @Test
    void fillsTheSchemaBeforeAnyoneCanUseTheTenant() {
        List<String> seen = new ArrayList<>();
        TenantSetup setup = (database, info) -> {
            seen.add(info.state() + " " + database.schemas().exists(info.schema()));
            assertThatThrownBy(() -> database.tenant(info.name()).run(session -> {}))
                    .isInstanceOfAny(TenantSuspendedException.class, dev.regista.UnknownTenantException.class);
            try (Connection connection = database.unpooled().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table " + quoted(info.schema()) + ".own (id int)");
            }
        };
        with(setup, database -> {
            TenantInfo created = database.tenants().create(tenant);

            assertThat(created.state()).isEqualTo(TenantState.ACTIVE);
            assertThat(seen).containsExactly("CREATING true");
            assertThat(tables(database)).containsExactly("own");
        });
    }

    /** Of plain letters; H2 would fold it. */
    private String quoted(String schema) {
        return store == Store.MARIADB ? "`" + schema + "`" : "\"" + schema + "\"";
    }

    private List<String> tables(SqlDatabase database) {
        try (Connection connection = database.unpooled().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select lower(table_name) from information_schema.tables where lower(table_schema) = '"
                                        + tenant + "'")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatItThrowsUndoesTheCreation() {
        TenantSetup setup = (database, info) -> {
            throw new IOException("on purpose");
        };
        with(setup, database -> {
            assertThatThrownBy(() -> database.tenants().create(tenant))
                    .isInstanceOf(SchemaException.class)
                    .hasRootCauseMessage("on purpose");
            assertThat(database.tenants().exists(tenant)).isFalse();
            assertThat(database.schemas().exists(tenant)).isFalse();
            database.tenants().refresh();
            assertThat(database.tenants().list()).isEmpty();
        });
    }
}
