package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.migrations.run.JavaMigration;
import dev.regista.migrations.run.MigrationListener;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.Ran;
import dev.regista.migrations.run.Step;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations in Java, and listeners. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class JavaMigrationIT {
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
                .with("main/V1__one.sql", "create table one (id int primary key)")
                .with("main/V3__three.sql", "create table three (id int primary key)");
        fresh = store.fresh();
        database = fresh.at().build("main");
        database.connect();
    }

    @AfterEach
    void close() {
        database.disconnect();
        fresh.close();
    }

    /** Something done with a connection. */
    private interface Body {
        void run(Connection connection) throws SQLException;
    }

    private record Fill(Body body) implements JavaMigration {
        @Override
        public String version() {
            return "2";
        }

        @Override
        public String description() {
            return "fill";
        }

        @Override
        public boolean hasDown() {
            return true;
        }

        @Override
        public void up(Connection connection) throws SQLException {
            body.run(connection);
        }

        @Override
        public void down(Connection connection) throws SQLException {
            execute(connection, "delete from one");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private MigrationSettings with(Body body) {
        return scripts.builder().javaMigrations(new Fill(body)).build();
    }

    @Test
    void runsInItsPlaceAmongTheScriptsAndIsTakenBack() {
        scripts.with("main/U3__three.sql", "drop table three");
        Migrations migrations =
                Migrations.of(database, with(connection -> execute(connection, "insert into one values (7)")));

        migrations.upgrade();

        assertThat(Sql.query(database, "select id from one")).containsExactly("7");
        migrations.check();
        migrations.downgrade(Target.version("1"));
        assertThat(Sql.query(database, "select id from one")).isEmpty();
        assertThat(migrations.history().values().iterator().next())
                .extracting(entry -> entry.type() + " " + entry.checksum())
                .contains("JDBC null", "DELETE null");
    }

    @Test
    void cannotDecideTheOutcome() {
        for (Body body : List.<Body>of(
                Connection::commit,
                Connection::rollback,
                Connection::close,
                connection -> connection.setAutoCommit(true))) {
            assertThatThrownBy(() -> Migrations.of(database, with(body)).upgrade())
                    .hasStackTraceContaining("The transaction belongs to the migration");
            if (!store.isTransactional()) {
                Migrations.of(database, with(body)).repair();
            }
        }
    }

    @Test
    void whatItDidIsUndoneWhereDdlIsTransactional() {
        assertThatThrownBy(() -> Migrations.of(database, with(connection -> {
                            execute(connection, "insert into one values (7)");
                            throw new SQLException("on purpose");
                        }))
                        .upgrade())
                .hasMessageContaining("on purpose");

        assertThat(Sql.query(database, "select id from one"))
                .isEqualTo(store.isTransactional() ? List.of() : List.of("7"));
    }

    @Test
    void listenersHearOfEveryStepAndAFailingOneStopsItBeforehand() {
        List<String> heard = new ArrayList<>();
        MigrationListener listener = new MigrationListener() {
            @Override
            public void before(Step step) {
                heard.add("before " + step.script());
                if (step.script().startsWith("V3")) {
                    throw new IllegalStateException("not now");
                }
            }

            @Override
            public void after(Ran ran) {
                heard.add("after " + ran.step().script());
                throw new IllegalStateException("too late");
            }

            @Override
            public void failed(Step step, Throwable failure) {
                heard.add("failed " + step.script() + " " + failure.getMessage());
            }
        };

        assertThatThrownBy(() -> Migrations.of(
                                database, scripts.builder().listener(listener).build())
                        .upgrade())
                .hasMessageContaining("not now");
        assertThat(heard)
                .containsExactly(
                        "before V1__one.sql",
                        "after V1__one.sql",
                        "before V3__three.sql",
                        "failed V3__three.sql not now");
        Migrations.of(database, scripts.settings()).upgrade();
    }
}
