package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.ModelCollisionException;
import dev.regista.NotSupportedException;
import dev.regista.Registry;
import dev.regista.UnknownModelException;
import dev.regista.model.Collision;
import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Kind;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B.48, B.58, D.1, D.2, D.22, D.29: content types among the models of a registry. */
class ContentTypeModelsTest {
    @Entity(name = "ContentType")
    static class Declared {
        @Id
        long id;
    }

    @Entity
    static class Remarked extends ContentType {
        String remark;
    }

    private static SqlDatabaseBuilder with(Class<?>... models) {
        return SqlDatabase.at("jdbc:h2:mem:never-opened").models(models).contentTypes();
    }

    private static SqlDatabaseBuilder without(Class<?>... models) {
        return SqlDatabase.at("jdbc:h2:mem:never-opened").models(models);
    }

    private static SqlDatabaseBuilder with(Class<? extends ContentType> prototype) {
        return without().contentTypes(ContentTypeSettings.DEFAULT.prototype(prototype));
    }

    private static List<String> names(Registry registry) {
        return registry.models().all().stream().map(Model::name).toList();
    }

    @Test
    void withoutContentTypesThereIsNoSuchModel() {
        Registry registry = Registry.builder().main(without(Person.class)).build();

        assertThat(registry.models().find("ContentType")).isEmpty();
        assertThatThrownBy(() -> registry.models().get("ContentType")).isInstanceOf(UnknownModelException.class);
        assertThat(names(registry)).containsExactly("Person");
    }

    @Test
    void withContentTypesTheirEntityIsAnOrdinaryModelOfItsDatabase() {
        Registry registry = Registry.builder().main(with(Person.class)).build();

        Model type = registry.models().get("ContentType");
        assertThat(type.type()).isAssignableTo(ContentType.class);
        assertThat(type.database()).isEqualTo("main");
        assertThat(type.kind()).isEqualTo(ModelKind.ORDINARY);
        assertThat(registry.models().get(type.type())).isEqualTo(type);
        assertThat(registry.databaseOf(type.type())).isSameAs(registry.main());
        assertThat(registry.main().models()).contains(Person.class, type.type());
        assertThat(names(registry)).containsExactly("Person", "ContentType");
    }

    @Test
    void aPrototypeIsThatModelWhateverItsOwnNameAndWhetherOrNotItIsListed() {
        Registry registry = Registry.builder().main(with(Kind.class)).build();
        assertThat(registry.models().get("ContentType").type()).isEqualTo(Kind.class);
        assertThat(registry.models().get(Kind.class).name()).isEqualTo("ContentType");
        assertThat(registry.models().find("Kind")).isEmpty();

        Registry listed =
                Registry.builder().main(with(Kind.class).models(Kind.class)).build();
        assertThat(names(listed)).containsExactly("ContentType");
    }

    @Test
    void contentTypesThatAreInAnotherDatabaseAreAModelOnlyThere() {
        Registry registry = Registry.builder()
                .main(with(Person.class))
                .extra("rows", without(Company.class).contentTypes(ContentTypeSettings.DEFAULT.in("main")))
                .build();

        assertThat(names(registry)).containsExactly("Person", "Company", "ContentType");
        assertThat(registry.models().get("ContentType").database()).isEqualTo("main");
        assertThat(registry.database("rows").models()).containsExactly(Company.class);
    }

    @Test
    void ofSeveralDatabasesTheFirstHasTheNameAndTheNextTakesItOver() {
        Registry registry = Registry.builder()
                .main(without(Person.class))
                .extra("first", with(Kind.class))
                .extra("second", with(Remarked.class))
                .extra("third", with(Remarked.class))
                .build();

        assertThat(registry.models().get("ContentType").type()).isEqualTo(Kind.class);
        assertThat(registry.models().get(Remarked.class).database()).isEqualTo("second");
        assertThat(names(registry)).containsExactly("Person", "ContentType");

        registry.remove("first");
        assertThat(registry.models().get("ContentType").type()).isEqualTo(Remarked.class);
        registry.remove("second");
        assertThat(registry.models().get("ContentType").database()).isEqualTo("third");
        registry.remove("third");
        assertThat(registry.models().find("ContentType")).isEmpty();
    }

    @Test
    void aModelThatSomebodyDeclaresHasTheNameBeforeIt() {
        Registry registry = Registry.builder()
                .main(with(Person.class))
                .extra("b", without(Declared.class))
                .build();
        assertThat(registry.models().get("ContentType").type()).isEqualTo(Declared.class);

        Registry reversed = Registry.builder().main(without(Declared.class)).build();
        reversed.add("b", with(Person.class).build("b"));
        assertThat(reversed.models().get("ContentType").type()).isEqualTo(Declared.class);

        assertThatThrownBy(() -> Registry.builder()
                        .main(with(Kind.class))
                        .extra("b", without(Kind.class))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mapped to more than one database");
    }

    @Test
    void itCannotBeRemovedOrReplaced() {
        Registry registry = Registry.builder().main(with(Person.class)).build();

        assertThatThrownBy(() -> registry.models().remove("ContentType"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("brings itself");
        assertThatThrownBy(() -> registry.models().add("main", Declared.class))
                .isInstanceOf(ModelCollisionException.class);
        assertThatThrownBy(() -> registry.models().add("main", Collision.REPLACE, Declared.class))
                .isInstanceOf(NotSupportedException.class);
        assertThat(names(registry)).containsExactly("Person", "ContentType");
    }

    @Test
    void aCopyHasItToo() {
        Registry registry = Registry.builder().main(with(Person.class)).build();
        Registry copy = registry.copy();
        copy.models().remove(Person.class);

        assertThat(names(copy)).containsExactly("ContentType");
        assertThat(names(registry)).containsExactly("Person", "ContentType");
    }

    @Test
    void callbacksAreCalledForItOnce() {
        List<String> called = new ArrayList<>();
        Registry registry = Registry.builder().main(with(Person.class)).build();
        registry.onAnyModel(model -> called.add(model.name() + " in " + model.database()));
        registry.add("b", with(Company.class).build("b"));

        assertThat(called).containsExactly("Person in main", "ContentType in main", "Company in b");
        assertThat(registry.main().models()).hasSize(2);
    }
}
