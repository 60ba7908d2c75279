package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.routing.Schema;
import dev.regista.sql.schema.Schemas;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.testing.LeakChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** C.1 to C.51: schemas on every product, and which of them a unit of work uses. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class SchemasIT {
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);
    private final String archive = "Archive; drop schema x" + suffix;
    private final List<String> made = new ArrayList<>(List.of(archive));

    @Parameter
    Store store;

    private Store.Fresh fresh;
    private SqlDatabase database;
    private Schemas schemas;

    @BeforeEach
    void open() {
        fresh = store.fresh();
        database = fresh.at().models(Country.class).createTables(true).build("main");
        database.connect();
        schemas = database.schemas();
    }

    @AfterEach
    void close() {
        if (store != Store.SQLITE) {
            made.forEach(schemas::dropCascade);
        }
        database.disconnect();
        fresh.close();
    }

    private boolean hasSchemas() {
        return store != Store.SQLITE;
    }

    @Test
    void aSchemaIsCreatedListedAndDropped() {
        if (!hasSchemas()) {
            refusesEverything();
            return;
        }
        schemas.create(archive);

        assertThat(schemas.exists(archive)).isTrue();
        assertThat(schemas.list()).contains(archive, schemas.defaultName());
        assertThatThrownBy(() -> schemas.create(archive))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(archive)
                .hasMessageContaining("exists");
        assertThat(schemas.createIfAbsent(archive, Contents.MODELS)).isFalse();

        schemas.drop(archive);

        assertThat(schemas.exists(archive)).isFalse();
        assertThatThrownBy(() -> schemas.drop(archive)).isInstanceOf(SchemaException.class);
        assertThat(schemas.dropCascade(archive)).isFalse();
        assertThat(schemas.createIfAbsent(archive, Contents.EMPTY)).isTrue();
    }

    private void refusesEverything() {
        assertThatThrownBy(() -> schemas.create(archive))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("SQLite has no schemas");
        assertThatThrownBy(() -> schemas.drop(archive)).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> schemas.dropCascade(archive)).isInstanceOf(SchemaException.class);
        assertThat(schemas.list()).isEmpty();
        assertThat(schemas.defaultName()).isEmpty();
    }

    @Test
    void aSchemaWithTablesIsDroppedOnlyOnDemand() {
        if (hasSchemas()) {
            schemas.create(archive, Contents.MODELS);

            assertThatThrownBy(() -> schemas.drop(archive)).isInstanceOf(SchemaException.class);
            assertThat(schemas.exists(archive)).isTrue();
            assertThat(schemas.dropCascade(archive)).isTrue();
            assertThat(schemas.exists(archive)).isFalse();
        }
    }

    @Test
    void aUnitOfASchemaUsesItsTablesAndTheOthersTheirs() {
        if (hasSchemas()) {
            schemas.create(archive, Contents.MODELS);
            database.run(session -> session.persist(new Country("now")));

            database.schema(archive).run(session -> session.persist(new Country("then")));
            Schema.of(archive).run(() -> {
                database.run(session -> session.persist(new Country("then too")));
                Schema.none().run(() -> database.run(session -> session.persist(new Country("now too"))));
            });

            assertThat(names(database)).containsExactly("now", "now too");
            assertThat(names(database.schema(archive))).containsExactly("then", "then too");
        }
    }

    private static List<String> names(SqlUnits units) {
        return units.read(
                session -> session.createSelectionQuery("select name from Country order by name", String.class)
                        .getResultList());
    }

    @Test
    void aSchemaThatIsNotThereIsAnErrorAndNothingIsWrittenElsewhere() {
        if (hasSchemas()) {
            assertThatThrownBy(
                            () -> database.schema("nowhere" + suffix).run(session -> session.persist(new Country("x"))))
                    .isInstanceOf(RuntimeException.class);
            assertThat(names(database)).isEmpty();
        }
    }

    @Test
    void aUnitThatIsRolledBackTakesItsSchemaWithItWhereDdlIsTransactional() {
        if (store == Store.POSTGRES) {
            assertThatThrownBy(() -> database.run(session -> {
                        schemas.create(archive, Contents.MODELS);
                        assertThat(schemas.exists(archive)).isTrue();
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            assertThat(schemas.exists(archive)).isFalse();
        }
    }

    @Test
    void tablesAreCreatedInASchemaThatIsThereAlready() {
        if (hasSchemas()) {
            schemas.create(archive);
            try (SqlDatabase later = fresh.at()
                    .models(Country.class)
                    .schema(archive)
                    .createTables(true)
                    .build("later")) {
                later.connect();
                later.run(session -> session.persist(new Country("then")));
            }
            assertThat(names(database.schema(archive))).containsExactly("then");
            assertThat(names(database)).isEmpty();
        }
    }

    @Test
    void aNameThatCannotBeOneIsRefusedBeforeAnythingIsSent() {
        for (String name : List.of("", " ", "a\"b", "a`b", "a\nb", "x".repeat(64), "ü".repeat(32), "{regista}")) {
            assertThatThrownBy(() -> schemas.create(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> database.schema(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theDefaultSchemaIsTheConnectionsOrTheOneThatWasSet() {
        Set<String> expected = switch (store) {
            case POSTGRES -> Set.of("public");
            case H2 -> Set.of("PUBLIC");
            case SQLITE -> Set.of("");
            default -> Set.of(database.url().replaceFirst(".*/", "").replaceFirst("\\?.*", ""));
        };
        assertThat(expected).contains(schemas.defaultName());
    }
}
