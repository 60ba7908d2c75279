package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.object.ObjectDatabase;
import dev.regista.spi.Probe;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A.8 to A.23 and B.1 to B.12 in our form: names, types, models, defaults. */
class RegistryTest {
    @Test
    void theMainDatabaseIsTheDefaultAndNothingFallsBackToIt() {
        Probe main = Probe.probe().build("main");
        Registry registry =
                Registry.builder().extra("first", Probe.probe()).main(main).build();

        assertThat(registry.main()).isSameAs(main).isSameAs(registry.database("main"));
        assertThat(registry.databases().keySet()).as("main first").containsExactly("main", "first");
        assertThatThrownBy(() -> registry.database("unknown"))
                .isInstanceOfSatisfying(UnknownDatabaseException.class, unknown -> {
                    assertThat(unknown.asked()).isEqualTo("unknown");
                    assertThat(unknown.existing()).containsExactly("main", "first");
                    assertThat(unknown).hasMessage("No database named 'unknown'. There are: main, first.");
                });
        assertThat(registry.findDatabase("unknown")).isEmpty();
        registry.remove("main");
        assertThatThrownBy(registry::main).isInstanceOf(UnknownDatabaseException.class);
    }

    @Test
    void lookUpsAreTyped() {
        Registry registry = Registry.builder()
                .main(Probe.probe())
                .extra("cache", ObjectDatabase.of(Map.of("a", 1)))
                .build();

        assertThat(registry.main(Probe.class)).isNotNull();
        assertThatThrownBy(() -> registry.database("cache", Probe.class))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("Database 'cache' is of type")
                .hasMessageContaining("not " + Probe.class.getName());
        Database<Object> cache = registry.database("cache").as(Object.class);
        assertThat(cache).isSameAs(registry.database("cache"));
        assertThatThrownBy(() -> registry.database("cache").as(String.class)).isInstanceOf(WrongTypeException.class);
    }

    @Test
    void constructionDoesNoIoAndReportsEveryProblemAtOnce() {
        Probe shared = Probe.probe().models(String.class).build("shared");
        assertThatThrownBy(() -> Registry.builder()
                        .extra(" ", Probe.probe())
                        .extra("", Probe.probe())
                        .extra("twice", shared)
                        .extra("twice", Probe.probe())
                        .extra("other", Probe.probe().models(String.class))
                        .extra("wrong", Probe.probe().connectTimeout(java.time.Duration.ZERO))
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "a registry needs a main database: call main(..)",
                                        "the database name ' ' is blank",
                                        "the database name '' is blank",
                                        "there are two databases named 'twice'",
                                        "database 'wrong': the connect timeout must be more than zero, not PT0S",
                                        "the model java.lang.String is mapped to more than one database: 'twice', 'other'"));
        assertThat(shared.opened).hasValue(0);
    }

    @Test
    void aModelIsFoundWhereItWasDeclaredAndSoIsItsProxy() {
        Registry registry = Registry.builder()
                .main(Probe.probe().models(Number.class))
                .extra("other", Probe.probe().models(String.class))
                .build();

        assertThat(registry.databaseOf(Integer.class)).as("a subclass").isSameAs(registry.main());
        assertThat(registry.databaseOf(String.class, Probe.class)).isSameAs(registry.database("other"));
        assertThat(registry.models().classes()).containsExactly(Number.class, String.class);
        assertThat(registry.findDatabaseOf(Thread.class)).isEmpty();
        assertThatThrownBy(() -> registry.databaseOf(Thread.class))
                .isInstanceOf(UnmappedModelException.class)
                .hasMessage("No database has the model java.lang.Thread. 'main' has Number; 'other' has String.");
    }

    @Test
    void snapshotsOfTheNamesDoNotFollowLaterChanges() {
        Registry registry = Registry.builder().main(Probe.probe()).build();
        Map<String, Database<?>> before = registry.databases();
        registry.add("late", Probe.probe());

        assertThat(before).containsOnlyKeys("main");
        assertThat(registry.databases()).containsOnlyKeys("main", "late");
        registry.databases().keySet().forEach(registry::remove);
        assertThat(registry.databases()).isEmpty();
        assertThatThrownBy(() -> registry.remove("late")).isInstanceOf(UnknownDatabaseException.class);
        assertThatThrownBy(() -> before.put("x", Probe.probe().build("x")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aTakenNameOrModelIsRefusedAndTheFirstStays() {
        Registry registry =
                Registry.builder().main(Probe.probe().models(String.class)).build();
        Database<?> first = registry.main();

        assertThatThrownBy(() -> registry.add("main", Probe.probe())).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> registry.add("x", Probe.probe().models(String.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'main', 'x'");
        assertThat(registry.main()).isSameAs(first);
    }

    @Test
    void aSchemaThatCannotBeAppliedIsRefused() {
        assertThatThrownBy(() -> Registry.builder()
                        .schema("sales")
                        .main(Probe.probe().build("main"))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'sales'");
        assertThatThrownBy(() ->
                        Registry.builder().schema("sales").main(Probe.probe()).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not support a schema");
    }

    @Test
    void severalRegistriesShareADatabaseThatClosesWithTheLast() {
        Probe shared = Probe.probe().build("shared");
        Registry one = Registry.builder().main(shared).open();
        Registry two =
                Registry.builder().main(Probe.probe()).extra("shared", shared).open();
        one.close();
        assertThat(shared.isOpen()).isTrue();
        two.close();
        assertThat(shared.isOpen()).isFalse();
    }

    @Test
    void anOwnRegistryTypeWorksInItsPlace() {
        class Shop extends DelegatingRegistry {
            Shop(Registry registry) {
                super(registry);
            }

            Probe shop() {
                return main(Probe.class);
            }
        }
        try (Shop shop = new Shop(Registry.builder().main(Probe.probe()).build())) {
            shop.connect();
            assertThat(shop.shop().isOpen()).isTrue();
            assertThat(shop.add("late", Probe.probe()).isOpen()).isTrue();
            assertThat(shop.isConnected()).isTrue();
        }
    }
}
