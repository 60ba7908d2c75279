package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.testing.LeakChecker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** C.4 to C.7, C.25: schemas of several databases, one of which can fail. */
@ExtendWith(LeakChecker.class)
class RegistrySchemasIT {
    private final String name = "schemas_" + UUID.randomUUID().toString().substring(0, 8);
    private Store.Fresh postgres;
    private Store.Fresh h2;
    private Store.Fresh sqlite;
    private Registry registry;

    @BeforeEach
    void open() {
        postgres = Store.POSTGRES.fresh();
        h2 = Store.H2.fresh();
        sqlite = Store.SQLITE.fresh();
        registry = Registry.builder()
                .main(postgres.at().models(Country.class))
                .extra("h2", h2.at().models(Label.class, Ticket.class))
                .extra("sqlite", sqlite.at())
                .open();
    }

    @AfterEach
    void close() {
        registry.close();
        postgres.close();
        h2.close();
        sqlite.close();
    }

    @Test
    void eachDatabaseGetsTheSchemaWithItsOwnModels() {
        RegistrySchemas.of(registry, "main", "h2").create(name, Contents.MODELS);

        registry.main(SqlDatabase.class).schema(name).run(session -> session.persist(new Country("France")));
        assertThat(RegistrySchemas.of(registry, "main", "h2").list())
                .allSatisfy((database, schemas) -> assertThat(schemas).contains(name));
        assertThat(RegistrySchemas.ofMain(registry).createIfAbsent(name, Contents.EMPTY))
                .isEqualTo(Map.of("main", false));
        assertThat(RegistrySchemas.of(registry, List.of("main", "h2")).dropCascade(name))
                .isEqualTo(Map.of("main", true, "h2", true));
        assertThat(RegistrySchemas.of(registry, "main", "h2").list())
                .allSatisfy((database, schemas) -> assertThat(schemas).doesNotContain(name));
    }

    @Test
    void whatWasCreatedIsDroppedAgainWhenALaterDatabaseFails() {
        registry.database("h2", SqlDatabase.class).schemas().create(name);

        assertThatThrownBy(() -> RegistrySchemas.of(registry, "main", "h2").create(name, Contents.EMPTY))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'h2'");
        assertThatThrownBy(() -> RegistrySchemas.ofAll(registry).createIfAbsent(name, Contents.EMPTY))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("SQLite has no schemas");

        assertThat(registry.main(SqlDatabase.class).schemas().exists(name)).isFalse();
        assertThat(registry.database("h2", SqlDatabase.class).schemas().exists(name))
                .as("it was there before")
                .isTrue();
    }

    @Test
    void droppingGoesOnPastADatabaseThatFails() {
        RegistrySchemas.of(registry, "h2").create(name, Contents.EMPTY);

        assertThatThrownBy(() -> RegistrySchemas.of(registry, "sqlite", "h2").dropCascade(name))
                .isInstanceOf(SchemaException.class);

        assertThat(registry.database("h2", SqlDatabase.class).schemas().exists(name))
                .isFalse();
        assertThatThrownBy(() -> RegistrySchemas.of(registry, "nowhere")).isInstanceOf(UnknownDatabaseException.class);
        assertThatThrownBy(() -> RegistrySchemas.of(registry)).isInstanceOf(IllegalArgumentException.class);
    }
}
