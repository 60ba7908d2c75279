package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.migrations.fleet.FleetFailedException;
import dev.regista.migrations.run.HistoryEntry;
import dev.regista.migrations.run.MigrationFailedException;
import dev.regista.migrations.run.NoDownException;
import dev.regista.migrations.run.PendingException;
import dev.regista.migrations.run.PlannedStep;
import dev.regista.migrations.run.Problem;
import dev.regista.migrations.run.Step;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.UnknownVersionException;
import dev.regista.migrations.run.ValidationException;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One schema, up and down, on every product. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class RunnerIT {
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
                .with("main/V1__one.sql", "create table one (id int primary key, text varchar(50));")
                .with("main/U1__one.sql", "drop table one;")
                .with("main/V2__two.sql", "create table two (id int primary key);\ninsert into two values (1);")
                .with("main/U2__two.sql", "drop table two;")
                .with("main/V10__ten.sql", "create table ten (id int primary key)")
                .with("main/U10__ten.sql", "drop table ten");
        fresh = store.fresh();
        database = fresh.at().build("main");
        database.connect();
    }

    @AfterEach
    void close() {
        database.disconnect();
        fresh.close();
    }

    private Migrations migrations() {
        return Migrations.of(database, scripts.settings());
    }

    private static <T> T only(Map<?, T> byPlace) {
        assertThat(byPlace).hasSize(1);
        return byPlace.values().iterator().next();
    }

    private String current() {
        return only(migrations().current()).map(Object::toString).orElse("base");
    }

    private boolean exists(String table) {
        try {
            Sql.query(database, "select count(*) from " + table);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Returns the failure in the only schema. */
    private static <T extends RuntimeException> T failure(Class<T> type, ThrowingCallable run) {
        FleetFailedException failed = catchThrowableOfType(FleetFailedException.class, run);
        assertThat(failed).isNotNull();
        return assertThat(failed.result().failed())
                .singleElement()
                .extracting(result -> result.problem().orElseThrow())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(type))
                .actual();
    }

    @Test
    void goesUpAndDownByStepsByVersionAndAllTheWay() {
        assertThat(current()).isEqualTo("base");
        migrations().upgrade(Target.steps(1));
        assertThat(current()).isEqualTo("1");
        migrations().upgrade(Target.version("2"));
        assertThat(current()).isEqualTo("2");
        migrations().upgrade();
        assertThat(current()).isEqualTo("10");
        assertThat(exists("ten")).isTrue();

        migrations().downgrade(Target.steps(1));
        assertThat(current()).isEqualTo("2");
        assertThat(exists("ten")).isFalse();
        migrations().downgrade(Target.version("1"));
        assertThat(current()).isEqualTo("1");
        assertThat(exists("two")).isFalse();
        migrations().downgrade(Target.base());
        assertThat(current()).isEqualTo("base");
        assertThat(exists("one")).isFalse();

        migrations().upgrade();
        migrations().check();
        assertThat(only(migrations().history()))
                .extracting(HistoryEntry::script)
                .containsExactly(
                        "V1__one.sql",
                        "V2__two.sql",
                        "V10__ten.sql",
                        "U10__ten.sql",
                        "U2__two.sql",
                        "U1__one.sql",
                        "V1__one.sql",
                        "V2__two.sql",
                        "V10__ten.sql");
    }

    @Test
    void saysWhatIsPending() {
        migrations().upgrade(Target.steps(1));

        assertThat(only(migrations().pending()))
                .extracting(Step::script)
                .containsExactly("V2__two.sql", "V10__ten.sql");
        assertThatThrownBy(() -> migrations().check())
                .isInstanceOf(PendingException.class)
                .hasMessage(
                        "2 migrations have not run: V2__two.sql in database 'main', V10__ten.sql in database 'main'");
        migrations().validate();
    }

    @Test
    void aSecondUpgradeDoesNothing() {
        migrations().upgrade();

        assertThat(migrations().upgrade()).asString().startsWith("1 schema: 1 up to date");
    }

    @Test
    void nothingIsTakenBackIfADownScriptIsMissing() {
        migrations().upgrade();
        scripts.without("main/U2__two.sql");

        NoDownException failure =
                failure(NoDownException.class, () -> migrations().downgrade(Target.base()));

        assertThat(failure).hasMessage("V2__two.sql cannot be taken back in database 'main': there is no U2__two.sql");
        assertThat(current()).isEqualTo("10");
        migrations().downgrade(Target.steps(1));
        assertThat(current()).isEqualTo("2");
    }

    @Test
    void anUnknownVersionIsNamedWithThoseThatExist() {
        assertThat(failure(UnknownVersionException.class, () -> migrations().upgrade(Target.version("3"))))
                .hasMessage("No migration '3' for database 'main'. There are: 1, 2, 10.");
    }

    @Test
    void anEditedFileIsNamedWithBothChecksums() {
        migrations().upgrade(Target.steps(1));
        int expected = only(migrations().history()).get(0).checksum();
        scripts.with("main/V1__one.sql", "create table one (id int);");

        ValidationException failure =
                failure(ValidationException.class, () -> migrations().upgrade());

        Problem.Edited edited = (Problem.Edited) failure.problems().get(0);
        assertThat(edited.expected()).isEqualTo(expected);
        assertThat(edited.found()).isNotEqualTo(expected);
        assertThat(failure)
                .hasMessageContaining("V1__one.sql was edited after it ran in database 'main': its checksum was "
                        + expected + ", and is " + edited.found() + " now");
        assertThat(current()).isEqualTo("1");
        assertThatThrownBy(() -> migrations().check()).isInstanceOf(ValidationException.class);

        assertThat(migrations().repair()).containsExactly(edited);
        migrations().upgrade();
        migrations().check();
    }

    @Test
    void aMissingFileAndARenamedOneAreNamed() {
        migrations().upgrade();
        scripts.without("main/V1__one.sql").without("main/U1__one.sql").without("main/V2__two.sql");
        scripts.with("main/V2__zwei.sql", "create table two (id int primary key);\ninsert into two values (1);");

        assertThatThrownBy(() -> migrations().validate())
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("V1__one.sql has run in database 'main', and is missing now")
                .hasMessageContaining(
                        "V2__zwei.sql is not what ran in database 'main': that was 'two', this is 'zwei'");
        assertThat(migrations().repair()).hasSize(2);
        migrations().check();
    }

    @Test
    void whatIsNewerThanTheFilesIsNoProblem() {
        migrations().upgrade();
        scripts.without("main/V10__ten.sql").without("main/U10__ten.sql");

        migrations().check();
        assertThat(migrations().upgrade().isComplete()).isTrue();
    }

    @Test
    void whatComesLateIsRefusedOrAllowed() {
        migrations().upgrade();
        scripts.with("main/V3__three.sql", "create table three (id int primary key)");

        assertThat(failure(ValidationException.class, () -> migrations().upgrade()))
                .hasMessageContaining("V3__three.sql has not run in database 'main', which is at version 10 already");
        Migrations allowed =
                Migrations.of(database, scripts.builder().outOfOrder(true).build());
        allowed.upgrade();
        assertThat(exists("three")).isTrue();
        allowed.check();
    }

    @Test
    void aFailingStatementInTheMiddleIsToldExactly() {
        scripts.with(
                "main/V3__three.sql",
                "create table three (id int primary key);\n-- a comment; with a semicolon\n"
                        + "insert into three values (1);\n\ninsert into nowhere values (2);\ninsert into three values (3);\n");

        MigrationFailedException failure =
                failure(MigrationFailedException.class, () -> migrations().upgrade());

        assertThat(failure.step().script()).isEqualTo("V3__three.sql");
        assertThat(failure).hasMessageContainingAll("V3__three.sql in database 'main'", "nowhere");
        assertThat(current()).isEqualTo("2");
        assertThat(exists("three")).isEqualTo(!store.isTransactional());
        if (store.isTransactional()) {
            assertThat(failure).hasMessageContaining("Nothing of it remains");
            migrations().validate();
        } else {
            assertThat(failure.statement()).isEqualTo(3);
            assertThat(failure.line()).isEqualTo(5);
            assertThat(failure)
                    .hasMessageContaining("statement 3 in line 5, failed: ")
                    .hasMessageEndingWith("Statements 1 to 2 of 4 have been done: undo them by hand, then repair the"
                            + " history, and it will run from its beginning");
            assertThat(Sql.query(database, "select id from three")).containsExactly("1");
            refusesToGuess();
        }
        scripts.with("main/V3__three.sql", "create table three (id int primary key);");
        migrations().upgrade();
        migrations().check();
        assertThat(exists("ten")).isTrue();
    }

    private void refusesToGuess() {
        ValidationException again =
                failure(ValidationException.class, () -> migrations().upgrade());
        assertThat(again.problems()).singleElement().isInstanceOfSatisfying(Problem.Unfinished.class, unfinished -> {
            assertThat(unfinished.statement()).isEqualTo(3);
            assertThat(unfinished.statements()).isEqualTo(4);
            assertThat(unfinished.refused()).contains("nowhere");
        });
        assertThat(again).hasMessageContaining("statements 1 to 2 of 4 have been done, statement 3 was refused: ");
        Sql.execute(database, "drop table three");
        assertThat(migrations().repair()).hasSize(1);
    }

    @Test
    void placeholdersAreFilledAndUnknownOnesRefused() {
        scripts.with(
                "main/V3__three.sql",
                "create table ${table} (id int primary key, text varchar(200));\n"
                        + "insert into ${table} values (1, '${flyway:defaultSchema}|${flyway:filename}');");

        assertThat(failure(ConfigurationException.class, () -> migrations().upgrade()))
                .hasMessageContaining(
                        "the placeholder ${table} in V3__three.sql has no value; there are: flyway:database");
        if (!store.isTransactional()) {
            migrations().repair();
        }
        Migrations.of(database, scripts.builder().placeholder("table", "three").build())
                .upgrade();
        String schema = database.schemas().defaultName();
        assertThat(Sql.query(database, "select text from three")).containsExactly(schema + "|V3__three.sql");
    }

    @Test
    void aScriptThatMustNotBeInATransactionSaysSo() {
        String outside = switch (store) {
            case POSTGRES -> "create index concurrently one_text on one (text);\nvacuum one;";
            case SQLITE -> "create index one_text on one (text);\nvacuum;";
            default -> "create index one_text on one (text);";
        };
        scripts.with("main/V3__outside.sql", "\n-- regista: no transaction\n" + outside);
        scripts.with("main/U3__outside.sql", "drop index one_text" + (store == Store.MARIADB ? " on one" : ""));

        migrations().upgrade();
        migrations().check();
        assertThat(exists("ten")).isTrue();
        migrations().downgrade(Target.version("2"));
        migrations().upgrade();
        scripts.with("main/V11__outside.sql", outside.replace("one_text", "again"));
        if (store == Store.POSTGRES) {
            assertThat(failure(
                            MigrationFailedException.class, () -> migrations().upgrade()))
                    .hasMessageContaining("cannot run inside a transaction block");
            scripts.with("main/V11__outside.sql.conf", "executeInTransaction=false");
            migrations().upgrade();
            migrations().check();
        }
    }

    @Test
    void aScriptCannotEndTheTransactionItRunsIn() {
        scripts.with("main/V3__three.sql", "create table three (id int);\ncommit;\ninsert into nowhere values (1);");

        if (store.isTransactional()) {
            assertThat(failure(ConfigurationException.class, () -> migrations().upgrade()))
                    .hasMessageContaining("V3__three.sql in database 'main' has COMMIT in line 2");
            assertThat(exists("three")).isFalse();
        } else {
            assertThat(failure(
                                    MigrationFailedException.class,
                                    () -> migrations().upgrade())
                            .statement())
                    .isEqualTo(3);
        }
    }

    @Test
    void whatIsNoMigrationIsNamedBeforeAnythingRuns() {
        scripts.with("main/V3_three.sql", "")
                .with("main/R__view.sql", "")
                .with("main/sub/V2.0__two_again.sql", "")
                .with("main/U4__four.sql", "")
                .with("main/V5__five.sql", "-- regista: in a transaction");

        assertThatThrownBy(() -> migrations().upgrade())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(5)
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("V3_three.sql is not the name of a migration"))
                                .anySatisfy(problem -> assertThat(problem).contains("R__view.sql is not"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("V2__two.sql and sub/V2.0__two_again.sql have the same version"))
                                .anySatisfy(
                                        problem -> assertThat(problem).contains("U4__four.sql takes back a version 4"))
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("'-- regista: in a transaction' is not known")));
        assertThat(exists("one")).isFalse();
    }

    @Test
    void thePlanIsWhatAnUpgradeSends() {
        migrations().upgrade(Target.steps(1));

        List<PlannedStep> plan = migrations().planUpgrade(Target.head());

        assertThat(plan).extracting(each -> each.step().script()).containsExactly("V2__two.sql", "V10__ten.sql");
        assertThat(current()).isEqualTo("1");
        for (PlannedStep step : plan) {
            for (String statement : step.sql().split(";")) {
                Sql.execute(database, statement);
            }
        }
        migrations().check();
        assertThat(migrations().planDowngrade(Target.steps(1)).get(0).sql()).startsWith("drop table ten");
    }

    @Test
    void bodiesOfTriggersAreOneStatement() {
        String trigger = switch (store) {
            case POSTGRES ->
                "create function f() returns trigger language plpgsql as $x$ begin new.text := 'a;b'; return new; end; $x$;\n"
                        + "create trigger t before insert on one for each row execute function f();";
            case MARIADB ->
                "create trigger t before insert on one for each row begin if new.id > 0 then set new.text = 'a;b'; end if; end;";
            case SQLITE ->
                "create trigger t after insert on one begin update one set text = 'a;b' where id = new.id; end;";
            case H2 -> "create alias f as $$ String f() { return \"a;b\"; } $$;";
        };
        String text = store == Store.H2 ? "f()" : "null";
        scripts.with("main/V3__three.sql", trigger + "\ninsert into one values (1, " + text + ");");

        migrations().upgrade();

        assertThat(Sql.query(database, "select text from one")).containsExactly("a;b");
    }
}
