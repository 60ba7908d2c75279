package dev.regista.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.DelegatingRegistry;
import dev.regista.Registry;
import dev.regista.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy of a registry: over the same databases, and otherwise a registry of its own. */
class CopyTest {
    static class User {}

    static class Order {}

    private final Probe main = Probe.probe().models(User.class).build("main");
    private final Probe extra = Probe.probe().build("extra");
    private final List<String> called = new ArrayList<>();
    private final Registry registry = Registry.builder()
            .main(main)
            .extra("extra", extra)
            .onOpen(opened -> called.add("open"))
            .build();

    @Test
    void aCopyHasTheSameDatabasesUnderTheSameNamesAndIsNotConnected() {
        registry.connect();
        Registry copy = registry.copy();

        assertThat(copy.databases()).isEqualTo(registry.databases());
        assertThat(copy.isConnected()).isFalse();
        copy.connect();
        assertThat(main.references()).isEqualTo(2);
        registry.close();
        assertThat(main.isOpen()).as("the copy keeps it open").isTrue();
        copy.close();
        assertThat(main.isOpen()).isFalse();
        assertThat(called).as("the hooks are the copy's too").containsExactly("open", "open");
    }

    @Test
    void whatComesAndGoesInACopyDoesNotConcernTheOriginal() {
        Registry copy = registry.copy();
        copy.models().add("main", Order.class);
        copy.models().remove(User.class);
        copy.remove("extra");
        copy.add("more", Probe.probe());

        assertThat(registry.models().all()).extracting(Model::name).containsExactly("User");
        assertThat(registry.databases()).containsOnlyKeys("main", "extra");
        assertThat(main.models())
                .as("the original has the one, the copy the other")
                .contains(User.class, Order.class);
        assertThat(copy.models().all()).extracting(Model::name).containsExactly("Order");
    }

    @Test
    void modelsOfACopyAreTheSameClassesInTheSameDatabases() {
        registry.models().add("extra", Order.class);
        Registry copy = registry.copy();

        assertThat(copy.models().classes()).isEqualTo(registry.models().classes());
        assertThat(copy.databaseOf(Order.class)).isSameAs(extra);
    }

    @Test
    void modelsThatWereReadFromADatabaseAreNotCopied() {
        extra.kinds.put(Order.class, ModelKind.REFLECTED);
        registry.models().add("extra", Order.class);
        Registry copy = registry.copy();

        assertThat(copy.models().find(Order.class)).isEmpty();
        assertThat(registry.models().find(Order.class)).isPresent();
        assertThat(registry.models().remove(Order.class)).isTrue();
        assertThat(extra.models()).as("the copy does not have it").isEmpty();
    }

    @Test
    void callbacksThatWaitAreCopiedAndAreCalledInEach() {
        Registration always = registry.onAnyModel(model -> called.add("always " + model.name()));
        registry.onModel("Order", model -> called.add("once " + model.name()));
        called.clear();
        Registry copy = registry.copy();
        assertThat(called).as("copying calls none").isEmpty();

        always.unregister();
        copy.models().add("main", Order.class);
        assertThat(called).containsExactly("once Order", "always Order");
        registry.models().add("extra", Order.class);
        assertThat(called)
                .as("its own one-time callback is still there")
                .containsExactly("once Order", "always Order", "once Order");
    }

    static class Shop extends DelegatingRegistry {
        final String name;

        Shop(String name, Registry registry) {
            super(registry);
            this.name = name;
        }

        Probe shop() {
            return main(Probe.class);
        }
    }

    static final class SmallShop extends Shop {
        SmallShop(Registry registry) {
            super("small", registry);
        }
    }

    @Test
    void aCopyIsOfTheSameTypeWithTheSameFields() {
        Shop shop = new SmallShop(new Shop("inner", registry));
        Registry copy = shop.copy();

        assertThat(copy).isExactlyInstanceOf(SmallShop.class).isNotSameAs(shop);
        assertThat(((Shop) copy).name).isEqualTo("small");
        assertThat(((Shop) copy).shop()).isSameAs(main);
        copy.remove("extra");
        assertThat(shop.databases()).containsOnlyKeys("main", "extra");
    }
}
