package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotOpenException;
import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.object.ObjectDatabase;
import dev.regista.sql.schema.ModelSchema.MappedTable;
import dev.regista.sql.schema.SchemaSelection;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of a registry's models, by the name and the URL of their database. */
@ExtendWith(LeakChecker.class)
class RegistryTablesIT {
    @Entity(name = "Shelf")
    @Table(name = "shelf")
    static class Shelf {
        @Id
        long id;
    }

    @Entity(name = "Safe")
    @Table(name = "safe", schema = "vault")
    static class Safe {
        @Id
        long id;
    }

    @Entity(name = "Box")
    @Table(name = "box")
    static class Box {
        @Id
        long id;
    }

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Registry registry;
    private RegistryTables tables;

    @BeforeEach
    void open() {
        registry = Registry.builder()
                .schema("shop")
                .main(SqlDatabase.at(url)
                        .user("sa")
                        .password("")
                        .models(Shelf.class, Safe.class)
                        .tenantModels(Box.class)
                        .createTables(true))
                .extra("same", SqlDatabase.at(url).user("sa").password(""))
                .extra("other", SqlDatabase.at(url + "-other").models(Country.class))
                .extra("cache", ObjectDatabase.of("a"))
                .open();
        tables = RegistryTables.of(registry);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static MappedTable shared(String schema, String name) {
        return new MappedTable(schema, name, false);
    }

    private static MappedTable ofTenant(String schema) {
        return new MappedTable(schema, "box", true);
    }

    @Test
    void tablesAreToldByTheNameOfTheirDatabase() {
        assertThat(tables.main().name()).isEqualTo("main");
        assertThat(tables.main().tables())
                .containsExactly(ofTenant(""), shared("shop", "shelf"), shared("vault", "safe"));
        assertThat(tables.byName("other").tables())
                .as("an extra database is not in the registry's schema")
                .extracting(MappedTable::schema)
                .containsExactly("");
        assertThat(tables.all()).containsOnlyKeys("main", "same", "other");
        assertThat(tables.findByName("nobody")).isEmpty();
        assertThatThrownBy(() -> tables.byName("nobody")).isInstanceOf(UnknownDatabaseException.class);
        assertThatThrownBy(() -> tables.byName("cache"))
                .as("no SQL database")
                .isInstanceOf(UnknownDatabaseException.class)
                .hasMessageContaining("main, same, other");
    }

    @Test
    void tablesAreToldByTheUrlOfTheirDatabaseOfWhichTheMainOneComesFirst() {
        assertThat(tables.byUrl(url).name()).as("main and another have it").isEqualTo("main");
        assertThat(tables.byUrl(url).url()).isEqualTo(url);
        assertThat(tables.byUrl(url + "-other").name()).isEqualTo("other");
        assertThat(tables.findByUrl("jdbc:h2:mem:nobody")).isEmpty();
        assertThatThrownBy(() -> tables.byUrl("jdbc:h2:mem:nobody;PASSWORD=geheim"))
                .isInstanceOf(UnknownDatabaseException.class)
                .hasMessageContaining("jdbc:h2:mem:nobody")
                .hasMessageContaining(url)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void databasesThatComeAndGoAreKnownAtOnce() {
        String late = url + "-late";
        registry.add("late", SqlDatabase.at(late).models(Book.class, Review.class));
        assertThat(tables.byUrl(late).tables())
                .extracting(MappedTable::name)
                .containsExactlyInAnyOrder("Book", "Review");
        registry.remove("late");
        assertThat(tables.findByUrl(late)).isEmpty();
    }

    @Test
    void tablesFollowModelsThatArriveChangeAndLeave() {
        registry.models().add("other", Book.class, Review.class);
        registry.onModel(Country.class, model -> model.as(SqlModel.class).table("land"));
        assertThat(tables.byName("other").tables())
                .extracting(MappedTable::name)
                .containsExactlyInAnyOrder("Book", "Review", "land");
        registry.models().remove(Country.class);
        assertThat(tables.byName("other").tables())
                .extracting(MappedTable::name)
                .containsExactlyInAnyOrder("Book", "Review");
    }

    @Test
    void refreshingTellsTheSameAgainWithWhatOthersHaveDone() {
        List<MappedTable> before = tables.main().tables();
        SqlDatabase database = registry.main(SqlDatabase.class);
        try (SqlDatabase another = SqlDatabase.at(url)
                .user("sa")
                .password("")
                .schema("shop")
                .models(Shelf.class, Safe.class)
                .tenantModels(Box.class)
                .open("another")) {
            another.tenants().create("acme");
        }
        assertThat(database.tenants().list()).isEmpty();
        tables.refresh();

        assertThat(tables.main().tables()).isEqualTo(before);
        assertThat(tables.main().tables(SchemaSelection.matching("acme"))).hasSize(1);
    }

    @Test
    void inSeveralSchemasOnlyTenantModelsAreInEachAndPatternsSelect() {
        SqlDatabase database = registry.main(SqlDatabase.class);
        database.schemas().create("bystander");
        for (String tenant : List.of("acme", "beta", "xacme")) {
            database.tenants().create(tenant);
        }
        assertThat(tables.main().tables(SchemaSelection.all()))
                .containsExactly(
                        ofTenant("acme"),
                        ofTenant("beta"),
                        shared("shop", "shelf"),
                        shared("vault", "safe"),
                        ofTenant("xacme"));
        assertThat(tables.main().tables(SchemaSelection.matching("acme")))
                .as("from the beginning of the name")
                .containsExactly(ofTenant("acme"));
        assertThat(tables.main().tables(SchemaSelection.all().ignoring("be|v|x")))
                .containsExactly(ofTenant("acme"), shared("shop", "shelf"));
        assertThat(tables.byName("other").tables(SchemaSelection.matching("^$")))
                .as("the default schema")
                .hasSize(1);
        assertThat(tables.main().tables(SchemaSelection.matching("^$"))).isEmpty();
    }

    @Test
    void theSchemaOfTheSystemIsIgnoredUnlessAskedFor() {
        assertThat(SchemaSelection.all().contains("information_schema")).isFalse();
        assertThat(SchemaSelection.matching("info").contains("information_schema"))
                .isFalse();
        assertThat(SchemaSelection.matching("info").ignoringNone().contains("information_schema"))
                .isTrue();
        assertThat(SchemaSelection.matching("acme").contains("my_acme")).isFalse();
    }

    @Test
    void tablesOfADatabaseThatIsNotOpenAreNotKnown() {
        registry.disconnect();
        assertThatThrownBy(() -> tables.main().tables()).isInstanceOf(NotOpenException.class);
        registry.connect();
    }
}
