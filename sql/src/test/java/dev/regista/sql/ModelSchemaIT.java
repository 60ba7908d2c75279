package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotOpenException;
import dev.regista.sql.schema.ModelSchema;
import dev.regista.sql.schema.ModelSchema.Column;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What models need in schemas, told without a schema. */
@ExtendWith(LeakChecker.class)
class ModelSchemaIT {
    @Entity(name = "Shelf")
    @Table(name = "shelf")
    static class Shelf {
        @Id
        long id;

        @jakarta.persistence.Column(name = "full_name")
        String name;
    }

    @Entity(name = "Box")
    @Table(name = "box")
    static class Box {
        @Id
        long id;

        String name;

        @ManyToOne
        Shelf shelf;

        @Embedded
        Place place;
    }

    @Embeddable
    static class Place {
        @jakarta.persistence.Column(name = "place_row")
        int row;
    }

    @Entity(name = "Safe")
    @Table(name = "safe", schema = "vault")
    static class Safe {
        @Id
        long id;
    }

    @Test
    void eachPartIsCreatedInItsSchema() {
        try (SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:")
                .models(Shelf.class, Safe.class)
                .tenantModels(Box.class)
                .build("main")) {
            database.connect();
            ModelSchema models = database.modelSchema();

            assertThat(models.elsewhere()).containsExactly("safe");
            assertThat(models.creation(Contents.EMPTY, "one", "two")).isEmpty();
            assertThat(models.creation(Contents.MODELS, "one", "two"))
                    .singleElement()
                    .asString()
                    .startsWith("create table \"one\".shelf ");
            assertThat(models.creation(Contents.TENANT_MODELS, "one", "two"))
                    .hasSize(2)
                    .anyMatch(sql -> sql.startsWith("create table \"two\".box "))
                    .anyMatch(sql -> sql.contains("references \"one\".shelf"));
            assertThat(database.schemas().list()).as("nothing was created").doesNotContain("one", "two");
        }
    }

    @ParameterizedTest
    @EnumSource
    void attributesHaveColumns(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at().models(Shelf.class, Box.class).build("main")) {
            database.connect();
            ModelSchema models = database.modelSchema();

            assertThat(models.columns("Shelf", "name")).containsExactly(new Column("shelf", "full_name"));
            assertThat(models.columns(Shelf.class.getName(), "name")).hasSize(1);
            assertThat(models.columns("", "name"))
                    .containsExactly(new Column("box", "name"), new Column("shelf", "full_name"));
            assertThat(models.columns("Box", "shelf")).containsExactly(new Column("box", "shelf_id"));
            assertThat(models.columns("Box", "place.row")).containsExactly(new Column("box", "place_row"));
            assertThat(models.columns("Box", "nothing")).isEmpty();
            assertThat(models.columns("Nothing", "name")).isEmpty();
        }
    }

    @Test
    void needsAnOpenDatabase() {
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:").build("main");

        assertThatThrownBy(database::modelSchema).isInstanceOf(NotOpenException.class);
    }
}
