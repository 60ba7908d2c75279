package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.migrations.run.Problem;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.ValidationException;
import dev.regista.migrations.run.Version;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway takes over what Regista wrote, and the reverse, on every product. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class FlywayIT {
    @Parameter
    Store store;

    @TempDir
    Path folder;

    private Scripts scripts;
    private Store.Fresh fresh;
    private SqlDatabase database;

    @BeforeEach
    void open() {
        scripts = new Scripts(folder)
                .with("main/V1__first_table.sql", "-- größer\r\ncreate table first (id int primary key);\r\n")
                .with("main/U1__first_table.sql", "drop table first;")
                .with(
                        "main/V1_5__more.sql",
                        "\uFEFFcreate table more (id int primary key);\ninsert into more values (1)")
                .with("main/U1_5__more.sql", "drop table more");
        fresh = store.fresh();
        database = fresh.at().build("main");
        database.connect();
    }

    @AfterEach
    void close() {
        database.disconnect();
        fresh.close();
    }

    private Flyway flyway() {
        return fresh.flyway().locations("filesystem:" + folder + "/main").load();
    }

    private Migrations regista() {
        return Migrations.of(database, scripts.settings());
    }

    @Test
    void flywayValidatesAndContinuesWhatRegistaRan() {
        regista().upgrade();

        flyway().validate();
        assertThat(flyway().info().applied())
                .hasSize(2)
                .allMatch(each -> each.getState().isApplied());
        assertThat(flyway().migrate().migrationsExecuted).isZero();
        scripts.with("main/V2__extra.sql", "create table extra (id int primary key)");
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
        regista().check();
    }

    @Test
    void registaValidatesAndContinuesWhatFlywayRan() {
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(2);

        regista().check();
        scripts.with("main/V2__extra.sql", "create table extra (id int primary key)");
        assertThat(regista().upgrade().schemas())
                .singleElement()
                .satisfies(result -> assertThat(result.ran())
                        .singleElement()
                        .extracting(ran -> ran.step().script())
                        .isEqualTo("V2__extra.sql"));
        flyway().validate();
        assertThat(flyway().migrate().migrationsExecuted).isZero();
    }

    @Test
    void whatRegistaTookBackIsPendingForFlyway() {
        regista().upgrade();
        regista().downgrade(Target.steps(1));
        regista().upgrade();
        regista().downgrade(Target.base());

        assertThat(flyway().info().pending())
                .extracting(MigrationInfo::getVersion)
                .extracting(Object::toString)
                .containsExactly("1", "1.5");
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(2);
        flyway().validate();
        regista().check();
        regista().downgrade(Target.version("1"));
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
        regista().check();
    }

    @Test
    void aStampedSchemaIsMigratedForBoth() {
        Sql.execute(database, "create table first (id int primary key)");
        regista().stamp(Target.version("1"));

        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
        flyway().validate();
        regista().check();
    }

    @Test
    void whatIsBelowFlywaysBaselineIsLeftAlone() {
        Sql.execute(database, "create table first (id int primary key)");
        fresh.flyway()
                .locations("filesystem:" + folder + "/main")
                .baselineVersion("1")
                .load()
                .baseline();

        assertThat(regista().current().values()).singleElement().asString().contains("1");
        regista().upgrade();
        assertThat(regista().current().values()).singleElement().isEqualTo(java.util.Optional.of(Version.of("1.5")));
        flyway().validate();
    }

    @Test
    void bothSeeAnEditedFile() {
        flyway().migrate();
        scripts.with("main/V1__first_table.sql", "create table first (id int)");

        assertThatThrownBy(() -> flyway().validate()).isInstanceOf(FlywayValidateException.class);
        assertThatThrownBy(() -> regista().upgrade()).hasMessageContaining("V1__first_table.sql was edited");
        assertThatThrownBy(() -> regista().validate())
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        e -> assertThat(e.problems()).singleElement().isInstanceOf(Problem.Edited.class));
        assertThat(regista().repair()).hasSize(1);
        flyway().validate();
        regista().check();
    }

    @Test
    void bothMigrateASchema() {
        if (!store.hasSchemas()) {
            return;
        }
        try (SqlDatabase tenants = fresh.at()
                .models(Note.class)
                .tenantSetup(new MigratedTenants(scripts.settings()))
                .build("main")) {
            scripts.with("main/tenant/V3__notes.sql", "create table Note (id bigint primary key, text varchar(50))");
            tenants.connect();
            String schema = tenants.schemas().defaultName() + "_acme";
            tenants.tenants().create(schema);
            try {
                Flyway flyway = fresh.flyway()
                        .locations("filesystem:" + folder + "/main/tenant")
                        .schemas(schema)
                        .load();
                flyway.validate();
                scripts.with("main/tenant/V4__more.sql", "alter table Note add column more int");
                assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
                Migrations.of(tenants, scripts.settings()).tenants().check();
            } finally {
                tenants.tenants().drop(schema);
            }
        }
    }
}
