package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.NotOpenException;
import dev.regista.migrations.generate.RefusedChangesException.Reason;
import dev.regista.migrations.generate.RefusedChangesException.Refusal;
import dev.regista.sql.SchemaException;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.annotations.ColumnDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the generator refuses, what it leaves alone, and what it has to be told. */
@ExtendWith(LeakChecker.class)
class GeneratorIT {
    @Entity(name = "Thing")
    @Table(name = "thing")
    static class First {
        @Id
        long id;

        @Column(length = 40)
        String name;

        String number;

        String gone;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    static class Second {
        @Id
        long id;

        @Column(length = 20)
        String name;

        Integer number;

        @Column(name = "full_title", nullable = false)
        String title;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    static class Plain {
        @Id
        long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", indexes = @Index(name = "ix_name", columnList = "name"))
    static class Indexed {
        @Id
        long id;

        String name;
    }

    @Entity(name = "Other")
    @Table(name = "other")
    static class Other {
        @Id
        @GeneratedValue
        Long id;

        @ColumnDefault("'x'")
        String name;
    }

    private static Generator generator(SqlDatabase database, UnaryOperator<GeneratorOptions.Builder> options) {
        return Generator.of(database, options.apply(GeneratorOptions.builder()).build());
    }

    private static SqlDatabase opened(Store.Fresh fresh, Class<?>... models) {
        SqlDatabase database = fresh.at().models(models).build("main");
        database.connect();
        return database;
    }

    private static void create(Store.Fresh fresh, Class<?>... models) throws SQLException {
        try (SqlDatabase database = opened(fresh, models)) {
            Scripts.execute(database, Generator.of(database).compare().up());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES"})
    void everyDangerousChangeIsNamedAtOnce(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh()) {
            create(fresh, First.class, Other.class);
            try (SqlDatabase database = opened(fresh, Second.class)) {
                RefusedChangesException refused = catchThrowableOfType(
                        RefusedChangesException.class,
                        () -> generator(database, options -> options.owned(List.of("other")))
                                .compare());

                assertThat(refused.refusals())
                        .extracting(Refusal::reason)
                        .containsExactlyInAnyOrder(
                                Reason.LOSES_DATA,
                                Reason.LOSES_DATA,
                                Reason.NEEDS_VALUE,
                                Reason.NARROWS,
                                Reason.CONVERTS);
                assertThat(refused.refusals())
                        .extracting(refusal -> refusal.what().toLowerCase(java.util.Locale.ROOT))
                        .containsExactlyInAnyOrder(
                                "thing.gone", "other", "thing.full_title", "thing.name", "thing.number");
                assertThat(refused)
                        .hasMessageContaining("'main'")
                        .hasMessageContaining("allowDrop")
                        .hasMessageContaining("allowNarrowing")
                        .hasMessageContaining("allowConversion");

                Migration asked = generator(
                                database,
                                options -> options.owned(List.of("other"))
                                        .allowDrop(true)
                                        .allowNarrowing(true)
                                        .allowConversion(true)
                                        .defaultValue("Second.title", "none"))
                        .compare();
                assertThat(asked.up()).isNotEmpty();
                assertThat(asked.warnings()).anyMatch(warning -> warning.contains("is dropped"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "SQLITE"})
    void whatBelongsToNoModelIsLeftAloneAlsoWhenDroppingIsAllowed(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = opened(fresh, Plain.class)) {
            Scripts.execute(database, Generator.of(database).compare().up());
            Scripts.execute(
                    database,
                    "create table of_others (id int)",
                    "create table flyway_schema_history (id int)",
                    "create table regista_tenant (id int)",
                    "create table kept (id int)");

            Migration migration = generator(
                            database,
                            options -> options.allowDrop(true)
                                    .owned(List.of("flyway_schema_history", "regista_tenant", "kept"))
                                    .ignored(name -> name.equalsIgnoreCase("kept")))
                    .compare();

            assertThat(migration.up()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCreateAllCreatesIsWhatTheGeneratorCreates(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = opened(fresh, ManyTypes.ALL)) {
            Migration migration = Generator.of(database).compare();
            Scripts.execute(database, migration.up());
            assertThat(Generator.of(database).compare().up()).isEmpty();

            Scripts.execute(database, migration.down());
            assertThat(Generator.of(database).compare()).isEqualTo(migration);

            database.createAll();
            assertThat(Generator.of(database).compare().up()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "SQLITE"})
    void aColumnCanBeNullUntilItIsFilled(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh()) {
            create(fresh, Plain.class);
            try (SqlDatabase database = opened(fresh, Named.class)) {
                Scripts.execute(database, "insert into thing (id) values (1)");
                Generator generator = generator(database, options -> options.nullable(".name"));
                Scripts.execute(database, generator.compare().up());
                assertThat(generator.compare().up()).as("with the same options").isEmpty();

                Scripts.execute(database, "update thing set name = 'Emma'");
                Migration next = Generator.of(database).compare();
                Scripts.execute(database, next.up());

                assertThat(next.warnings()).anyMatch(warning -> warning.contains("can no longer be null"));
                assertThat(Generator.of(database).compare().up()).isEmpty();
                assertThatThrownBy(() -> Scripts.execute(database, "insert into thing (id) values (2)"))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    static class Named {
        @Id
        long id;

        @Column(nullable = false)
        String name;
    }

    @ParameterizedTest
    @EnumSource
    void modelsAreComparedWithScriptsAsWell(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh()) {
            List<String> scripts;
            try (SqlDatabase database = opened(fresh, Plain.class, Other.class)) {
                scripts = Generator.of(database).compareWithScripts(List.of()).up();
                assertThat(Generator.of(database).compareWithScripts(scripts).up())
                        .isEmpty();
                assertThat(Generator.of(database).compare().up()).isEqualTo(scripts);
            }
            try (SqlDatabase database = opened(fresh, Indexed.class, Other.class)) {
                assertThat(Generator.of(database).compareWithScripts(scripts).up())
                        .hasSize(2);
                assertThatThrownBy(() -> Generator.of(database).compareWithScripts(List.of("create nothing")))
                        .isInstanceOf(SchemaException.class)
                        .hasRootCauseInstanceOf(SQLException.class);
                assertThat(database.schemas().list()).noneMatch(name -> name.startsWith("regista_scratch"));
                assertThat(Generator.of(database).compareWithScripts(scripts).up())
                        .as("after a failure")
                        .hasSize(2);
            }
        }
    }

    @Test
    void anIndexCanBeBuiltBesideWritersInAMigrationOfItsOwn() throws SQLException {
        try (Store.Fresh fresh = Store.POSTGRES.fresh()) {
            create(fresh, Plain.class);
            try (SqlDatabase database = opened(fresh, Indexed.class)) {
                assertThat(Generator.of(database).compare().warnings())
                        .anyMatch(warning -> warning.contains("nobody can write to thing"));

                Migration migration = generator(database, options -> options.concurrentIndexes(true))
                        .compare();
                Migration afterwards = migration.afterwards().orElseThrow();
                Scripts.execute(database, migration.up());
                Scripts.executeAlone(database, afterwards.up());

                assertThat(migration.transactional()).isTrue();
                assertThat(afterwards.transactional()).isFalse();
                assertThat(afterwards.up()).containsExactly("create index concurrently ix_name on thing (name)");
                assertThat(Generator.of(database).compare().isEmpty()).isTrue();

                Scripts.executeAlone(database, afterwards.down());
                Scripts.execute(database, migration.down());
                assertThat(Generator.of(database).compare().up()).hasSize(2);
            }
        }
    }

    @Test
    void whatIsNamedInTheOptionsMustExist() throws SQLException {
        try (Store.Fresh fresh = Store.H2.fresh()) {
            create(fresh, Plain.class);
            try (SqlDatabase database = opened(fresh, Named.class)) {
                assertThatThrownBy(() -> generator(
                                        database,
                                        options -> options.rename("nothing=thing2")
                                                .rename("thing.nothing=name")
                                                .rename("thing"))
                                .compare())
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("'nothing=thing2'")
                        .hasMessageContaining("[THING]")
                        .hasMessageContaining("'thing.nothing=name'")
                        .hasMessageContaining("[ID]")
                        .hasMessageContaining("'thing'");
                assertThatThrownBy(() -> generator(
                                        database,
                                        options -> options.defaultValue("Thing.nothing", "1")
                                                .nullable("name"))
                                .compare())
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("'Thing.nothing'")
                        .hasMessageContaining("'name'");
                assertThatThrownBy(() -> generator(database, options -> options.defaultValue("Thing.id", "1; drop"))
                                .compare())
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("'1; drop' is no BIGINT");
            }
        }
    }

    @Entity(name = "Item")
    @Table(name = "item")
    static class Renamed {
        @Id
        @GeneratedValue
        Long id;

        @ColumnDefault("'x'")
        String name;
    }

    @ParameterizedTest
    @EnumSource
    void aSequenceIsRenamedWithItsTableWhereThatIsPossible(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh()) {
            create(fresh, Other.class);
            try (SqlDatabase database = opened(fresh, Renamed.class)) {
                Generator generator = generator(
                        database, options -> options.rename("other=item").rename("other_seq=item_seq"));
                if (store == Store.H2) {
                    assertThatThrownBy(generator::compare)
                            .isInstanceOf(RefusedChangesException.class)
                            .hasMessageContaining("cannot rename a sequence");
                    return;
                }
                Migration migration = generator.compare();
                assertThat(migration.up()).hasSize(2);
                Scripts.execute(database, migration.up());
                assertThat(generator.compare().up()).isEmpty();
                Scripts.execute(database, migration.down());
                assertThat(generator.compare()).isEqualTo(migration);
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    static class Referring {
        @Id
        long id;

        @Column(unique = true)
        String name;

        @ManyToOne
        Referring parent;
    }

    @Entity(name = "Item")
    @Table(name = "item")
    static class ReferringItem {
        @Id
        long id;

        @Column(unique = true)
        String name;

        @ManyToOne
        ReferringItem parent;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES"})
    void aTableCanTakeTheNameOfOneThatWasRenamed(Store store) throws SQLException {
        try (Store.Fresh fresh = store.fresh()) {
            create(fresh, Referring.class);
            try (SqlDatabase database = opened(fresh, ReferringItem.class)) {
                Scripts.execute(
                        database,
                        generator(database, options -> options.rename("thing=item"))
                                .compare()
                                .up());
            }
            try (SqlDatabase database = opened(fresh, ReferringItem.class, Referring.class)) {
                Migration migration = Generator.of(database).compare();
                Scripts.execute(database, migration.up());
                assertThat(Generator.of(database).compare().up()).isEmpty();

                Scripts.execute(database, migration.down());
                assertThat(Generator.of(database).compare()).isEqualTo(migration);
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    static class WithExtension {
        @Id
        long id;

        @Column(columnDefinition = "citext")
        String name;

        @ColumnDefault("nextval('numbers')")
        long number;
    }

    @Test
    void typesOfExtensionsAndSequencesInDefaultsAreFound() throws SQLException {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = opened(fresh, WithExtension.class)) {
            Scripts.execute(database, "create extension citext", "create sequence numbers");

            Migration migration = Generator.of(database).compare();
            Scripts.execute(database, migration.up());

            assertThat(migration.up()).singleElement().asString().contains("name citext");
            assertThat(Generator.of(database).compare().up()).isEmpty();
        }
    }

    @Test
    void aRenameThatHasHappenedIsNothingToDo() throws SQLException {
        try (Store.Fresh fresh = Store.H2.fresh();
                SqlDatabase database = opened(fresh, Named.class)) {
            database.createAll();

            assertThat(generator(
                                    database,
                                    options -> options.rename("old=thing").rename("thing.old=name"))
                            .compare()
                            .up())
                    .isEmpty();
        }
    }

    @Test
    void needsAnOpenDatabase() {
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:").build("main");

        assertThatThrownBy(() -> Generator.of(database).compare()).isInstanceOf(NotOpenException.class);
    }
}
