package dev.regista.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.ModelCollisionException;
import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.UnknownModelException;
import dev.regista.UnmappedModelException;
import dev.regista.WrongTypeException;
import dev.regista.spi.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Look-up of models, and their coming and going. */
class ModelsTest {
    static class User {}

    static final class Admin extends User {}

    static class Order {}

    abstract static class Base {}

    /** Others of the same names. */
    static final class Other {
        static final class User {}

        static final class Order {}
    }

    private final Probe main = Probe.probe().models(User.class, Order.class).build("shop");
    private final Probe extra = Probe.probe().build("events");
    private final Registry registry =
            Registry.builder().main(main).extra("extra", extra).build();
    private final Models models = registry.models();

    @Test
    void aDeclaredModelIsFoundByClassAndByNameInTheDatabaseItWasDeclaredIn() {
        Model user = models.get(User.class);

        assertThat(user).isSameAs(models.get("User"));
        assertThat(user.name()).isEqualTo("User");
        assertThat(user.type()).isEqualTo(User.class);
        assertThat(user.database()).as("the registry's name for it").isEqualTo("main");
        assertThat(user.kind()).isEqualTo(ModelKind.ORDINARY);
        assertThat(models.all()).extracting(Model::name).containsExactly("User", "Order");
    }

    @Test
    void aSubclassThatIsNoModelHasTheModelOfItsNearestBase() {
        assertThat(models.get(Admin.class)).isSameAs(models.get(User.class));
        models.add("extra", Admin.class);
        assertThat(models.get(Admin.class).database()).isEqualTo("extra");
        assertThat(registry.databaseOf(Admin.class)).isSameAs(extra);
        models.remove(Admin.class);
        assertThat(models.get(Admin.class)).isSameAs(models.get(User.class));
    }

    @Test
    void anAbstractBaseIsMappedButIsNoModelAndNoCallbackIsCalledForIt() {
        List<String> called = new java.util.ArrayList<>();
        registry.onAnyModel(model -> called.add(model.name()));
        called.clear();

        assertThat(models.add("main", Base.class)).isEmpty();

        assertThat(called).isEmpty();
        assertThat(models.find(Base.class)).isEmpty();
        assertThat(models.find("Base")).isEmpty();
        assertThat(models.classes()).contains(Base.class);
        assertThat(main.models()).contains(Base.class);
        assertThat(models.add("main", Base.class)).as("again").isEmpty();
        assertThatThrownBy(() -> models.add("extra", Base.class)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void whatNoDatabaseHasIsNotFoundAndTheErrorSaysWhatExists() {
        assertThat(models.find(Thread.class)).isEmpty();
        assertThat(models.find("Thread")).isEmpty();
        assertThatThrownBy(() -> models.get(Thread.class))
                .isInstanceOf(UnmappedModelException.class)
                .hasMessage("No database has the model java.lang.Thread. 'main' has User, Order; 'extra' has none.");
        assertThatThrownBy(() -> models.get("Thread"))
                .isInstanceOfSatisfying(UnknownModelException.class, unknown -> {
                    assertThat(unknown.asked()).isEqualTo("Thread");
                    assertThat(unknown.existing()).containsExactly("User", "Order");
                })
                .hasMessage("No model named 'Thread'. There are: User, Order.");
    }

    @Test
    void kindsCanBeLeftOutOfALookUp() {
        extra.kinds.put(Admin.class, ModelKind.TENANT);
        extra.kinds.put(String.class, ModelKind.REFLECTED);
        models.add("extra", Admin.class, String.class);

        assertThat(models.all(ModelKind.TENANT)).extracting(Model::name).containsExactly("Admin");
        assertThat(models.all(ModelKind.REFLECTED)).extracting(Model::name).containsExactly("String");
        assertThat(models.all(ModelKind.ORDINARY, ModelKind.REFLECTED))
                .extracting(Model::name)
                .containsExactly("User", "Order", "String");
        assertThat(models.find("Admin", ModelKind.ORDINARY)).isEmpty();
        assertThat(models.find("Admin", ModelKind.ORDINARY, ModelKind.TENANT)).isPresent();
        assertThat(models.find("Admin")).isPresent();
    }

    @Test
    void aModelThatArrivesLaterIsInItsDatabaseAndInNoOther() {
        assertThat(models.add("extra", String.class, Integer.class))
                .extracting(Model::name)
                .containsExactly("String", "Integer");

        assertThat(registry.databaseOf(String.class)).isSameAs(extra);
        assertThat(extra.models()).containsExactly(String.class, Integer.class);
        assertThat(main.models()).containsExactly(User.class, Order.class);
        assertThatThrownBy(() -> models.add("nowhere", Long.class)).isInstanceOf(UnknownDatabaseException.class);
    }

    @Test
    void whatIsRemovedIsNotFoundAnyMoreAndRemovingTellsWhetherItWasThere() {
        main.kinds.put(Admin.class, ModelKind.TENANT);
        models.add("main", Admin.class);

        assertThat(models.remove("User")).isTrue();
        assertThat(models.remove("User")).isFalse();
        assertThat(models.remove(Admin.class)).as("of tenants").isTrue();
        assertThat(models.remove(Admin.class)).isFalse();

        assertThat(models.find("User")).isEmpty();
        assertThat(models.find("Admin")).isEmpty();
        assertThat(models.find(Admin.class)).isEmpty();
        assertThat(main.models()).containsExactly(Order.class);
    }

    @Test
    void aSecondModelOfANameIsRefusedAndNoneOfTheCallIsAdded() {
        assertThatThrownBy(() -> models.add("extra", String.class, Other.User.class))
                .isInstanceOfSatisfying(ModelCollisionException.class, collision -> {
                    assertThat(collision.asked()).isEqualTo(Other.User.class);
                    assertThat(collision.existing()).isEqualTo(User.class);
                })
                .hasMessageContaining("There is a model named 'User' already")
                .hasMessageContaining("in database 'main'");
        assertThatThrownBy(() -> models.add("main", User.class))
                .as("the same class")
                .isInstanceOf(ModelCollisionException.class);
        assertThatThrownBy(() -> models.add("extra", Other.User.class, Other.Order.class))
                .isInstanceOf(ModelCollisionException.class);

        assertThat(models.all()).extracting(Model::name).containsExactly("User", "Order");
        assertThat(extra.models()).isEmpty();
    }

    @Test
    void theOldOneIsKeptWhereThatIsAsked() {
        assertThat(models.add("extra", Collision.KEEP, Other.User.class, String.class))
                .extracting(Model::type)
                .containsExactly(User.class, String.class);

        assertThat(models.get("User").type()).isEqualTo(User.class);
        assertThat(models.find(Other.User.class))
                .as("it exists, but is no model")
                .isEmpty();
        assertThat(extra.models()).containsExactly(String.class);
    }

    @Test
    void theNewOneReplacesTheOldWhereThatIsAskedAlsoFromAnotherDatabase() {
        models.add("extra", Collision.REPLACE, Other.User.class);

        assertThat(models.get("User").type()).isEqualTo(Other.User.class);
        assertThat(models.get("User").database()).isEqualTo("extra");
        assertThat(models.find(User.class)).isEmpty();
        assertThat(main.models()).containsExactly(Order.class);
        assertThat(extra.models()).containsExactly(Other.User.class);

        models.add("main", Collision.REPLACE, Other.User.class);
        assertThat(models.get("User").database())
                .as("the same class, elsewhere")
                .isEqualTo("main");
        assertThat(extra.models()).isEmpty();
    }

    @Test
    void allKindsShareOneNameSpace() {
        extra.kinds.put(Other.User.class, ModelKind.TENANT);

        assertThatThrownBy(() -> models.add("extra", Other.User.class)).isInstanceOf(ModelCollisionException.class);
        assertThatThrownBy(() -> Registry.builder()
                        .main(Probe.probe().models(User.class))
                        .extra("extra", Probe.probe().models(Other.User.class))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there are two models named 'User': " + User.class.getName() + " in 'main' and "
                        + Other.User.class.getName() + " in 'extra'");
        assertThatThrownBy(() -> registry.add("third", Probe.probe().models(Other.User.class)))
                .isInstanceOf(ConfigurationException.class);
        assertThat(registry.findDatabase("third")).isEmpty();
    }

    @Test
    void whatADatabaseRefusesChangesNothingAnywhere() {
        main.refuseModels = new ConfigurationException("not without it");

        assertThatThrownBy(() -> models.add("extra", Collision.REPLACE, Other.User.class))
                .isSameAs(main.refuseModels);

        assertThat(models.get("User").type()).isEqualTo(User.class);
        assertThat(extra.models()).as("undone").isEmpty();
        assertThatThrownBy(() -> models.remove(User.class)).isSameAs(main.refuseModels);
        assertThat(models.find(User.class)).isPresent();
    }

    @Test
    void aRegistryKnowsItsOwnModelsAndADatabaseThoseOfAll() {
        Registry other = Registry.builder().main(main).build();

        models.add("main", String.class);
        assertThat(other.models().find(String.class)).isEmpty();
        assertThat(main.models()).contains(String.class);

        models.remove(User.class);
        assertThat(other.models().find(User.class)).isPresent();
        assertThat(main.models()).as("the other one has it").contains(User.class);
        other.models().remove(User.class);
        assertThat(main.models()).doesNotContain(User.class);
    }

    @Test
    void aDatabaseWithTwoNamesHasItsModelsUnderTheFirstAsLongAsItHasThat() {
        registry.add("second", (Database<?>) main);
        assertThat(models.get(User.class).database()).isEqualTo("main");
        assertThat(models.add("second", String.class))
                .singleElement()
                .satisfies(model -> assertThat(model.database()).isEqualTo("main"));

        registry.remove("main");
        assertThat(models.get(User.class).database()).isEqualTo("second");
        assertThat(models.get(String.class).database()).isEqualTo("second");
        registry.remove("second");
        assertThat(models.all()).isEmpty();
        assertThat(main.models()).as("they stay in the database").contains(User.class, String.class);
    }

    @Test
    void aModelIsSeenAsWhatItsDatabaseMakesOfIt() {
        interface Special extends Model {}
        assertThat(models.get(User.class).as(Model.class)).isSameAs(models.get(User.class));
        assertThatThrownBy(() -> models.get(User.class).as(Special.class))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("The model 'User' is of type");
    }

    @Test
    void partsOfAllDatabasesAreInitialisedAndInvalidatedByName() {
        registry.initModels();
        registry.invalidateModels(ModelPart.MAPPING);

        assertThat(main.log).containsExactly("init [MAPPING, ROUTING]", "invalidate [MAPPING]");
        assertThat(extra.log).isEqualTo(main.log);
    }
}
