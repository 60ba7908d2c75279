package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.TenantRequiredException;
import dev.regista.UnknownTenantException;
import dev.regista.routing.Tenant;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a tenant costs on the wire, as PostgreSQL itself saw it: nothing. */
@ExtendWith(LeakChecker.class)
class TenancyStatementsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final SqlDatabase tenants = Store.server(postgres)
            .at()
            .models(Country.class, Invoice.class, Label.class)
            .createTables(true)
            .build("tenants");

    /** A model with ids of the same kind, in a database without tenants. */
    private final TestDatabase plainPostgres = TestServers.postgres().newDatabase();

    private final SqlDatabase plain = Store.server(plainPostgres)
            .at()
            .models(Country.class)
            .createTables(true)
            .build("plain");

    private StatementLog log;
    private StatementLog plainLog;

    @BeforeEach
    void open() {
        tenants.connect();
        tenants.tenants().create("acme");
        tenants.disconnect();
        log = TestServers.postgres().recordStatements(postgres);
        plainLog = TestServers.postgres().recordStatements(plainPostgres);
        tenants.connect();
        plain.connect();
        tenants.tenant("acme").run(session -> session.persist(new Invoice("warm")));
        plain.run(session -> session.persist(new Country("warm")));
        log.clear();
        plainLog.clear();
    }

    @AfterEach
    void close() {
        log.close();
        plainLog.close();
        tenants.disconnect();
        plain.disconnect();
        postgres.close();
        plainPostgres.close();
    }

    @Test
    void aUnitOfATenantSendsTheSameStatementsAsOneWithoutTenants() {
        tenants.tenant("acme").run(session -> session.persist(new Invoice("a")));
        plain.run(session -> session.persist(new Country("a")));
        assertThat(verbs(log)).isEqualTo(verbs(plainLog)).startsWith("begin").endsWith("insert", "commit");
        log.clear();
        plainLog.clear();

        tenants.tenant("acme").read(session -> session.find(Invoice.class, 1L));
        plain.read(session -> session.find(Country.class, 1L));
        assertThat(verbs(log)).isEqualTo(verbs(plainLog)).containsExactly("select");
        log.clear();
        plainLog.clear();

        tenants.tenant("acme").call(session -> session.find(Invoice.class, 1L));
        plain.call(session -> session.find(Country.class, 1L));
        assertThat(verbs(log)).isEqualTo(verbs(plainLog)).containsExactly("begin", "select", "commit");
    }

    @Test
    void everyNameHasItsSchemaAndNothingIsSet() {
        Tenant.of("acme")
                .run(() -> tenants.run(session -> {
                    session.persist(new Invoice("b"));
                    session.persist(new Country("France"));
                }));

        assertThat(log.statements())
                .anyMatch(sql -> sql.contains("insert into \"acme\".Invoice"))
                .anyMatch(sql -> sql.contains("insert into \"public\".Country"))
                .noneMatch(sql -> sql.toLowerCase(Locale.ROOT).startsWith("set"))
                .noneMatch(sql -> sql.contains(SqlSplitter.NAME));
    }

    @Test
    void whatIsRefusedSendsNothing() {
        tenants.tenants().create("beta");
        tenants.tenants().suspend("beta");
        log.clear();

        assertThat(catchThrowable(() -> tenants.tenant("nobody").run(session -> session.find(Invoice.class, 1L))))
                .isInstanceOf(UnknownTenantException.class);
        assertThat(catchThrowable(() -> Tenant.of("nobody").run(() -> tenants.run(session -> {}))))
                .isInstanceOf(UnknownTenantException.class);
        assertThat(catchThrowable(() -> tenants.tenant("beta").run(session -> session.find(Invoice.class, 1L))))
                .isInstanceOf(dev.regista.TenantSuspendedException.class);
        assertThat(catchThrowable(() -> tenants.read(session -> session.find(Invoice.class, 1L))))
                .isInstanceOf(TenantRequiredException.class);
        assertThat(catchThrowable(() -> tenants.run(session -> session.find(Invoice.class, 1L))))
                .isInstanceOf(TenantRequiredException.class);

        assertThat(log.statements()).isEmpty();
    }

    @Test
    void moreStatementsStayPreparedThanTheDriverWouldKeepByItself() throws Exception {
        long prepared = tenants.tenant("acme").jdbc().call(connection -> {
            for (int different = 0; different < 300; different++) {
                // The driver prepares what is executed the fifth time.
                for (int times = 0; times < 6; times++) {
                    try (PreparedStatement statement = connection.prepareStatement("select " + different)) {
                        statement.execute();
                    }
                }
            }
            try (ResultSet count =
                    connection.createStatement().executeQuery("select count(*) from pg_prepared_statements")) {
                count.next();
                return count.getLong(1);
            }
        });

        assertThat(prepared).isGreaterThanOrEqualTo(300);
    }

    @Test
    void creatingATenantIsOneTransaction() {
        tenants.tenants().create("gamma");

        List<String> verbs = verbs(log);
        assertThat(verbs)
                .startsWith("begin", "insert", "create")
                .endsWith("commit")
                .containsOnlyOnce("begin");
    }

    private static List<String> verbs(StatementLog log) {
        return log.statements().stream()
                .map(sql -> sql.split(" ", 2)[0].toLowerCase(Locale.ROOT))
                .toList();
    }
}
