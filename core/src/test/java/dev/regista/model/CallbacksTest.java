package dev.regista.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ModelRefusedException;
import dev.regista.OpenFailedException;
import dev.regista.Registry;
import dev.regista.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which callbacks are called for which models, when, how often, in which order, and what their failures do. */
class CallbacksTest {
    static class User {}

    static class Order {}

    static class Item {}

    static final class Other {
        static final class User {}
    }

    private final Probe main = Probe.probe().build("main");
    private final Registry registry = Registry.builder().main(main).build();
    private final Models models = registry.models();
    private final List<String> called = new ArrayList<>();

    private ModelCallback note(String what) {
        return model -> called.add(what + " " + model.name());
    }

    @Test
    void aCallbackForANameRunsOnceForTheFirstModelOfThatName() {
        registry.onModel("User", note("a"));
        models.add("main", Order.class);
        assertThat(called).isEmpty();
        models.add("main", User.class);
        models.remove(User.class);
        models.add("main", User.class);
        assertThat(called).containsExactly("a User");
    }

    @Test
    void aCallbackForAllModelsRunsForEachThatIsAdded() {
        registry.onAnyModel(note("a"));
        models.add("main", User.class);
        models.add("main", Order.class);
        models.add("main", Collision.REPLACE, User.class);
        assertThat(called).containsExactly("a User", "a Order", "a User");
    }

    @Test
    void aCallbackForANameThatIsThereRunsAtOnceAndIsNotKept() {
        models.add("main", User.class);
        Registration registration = registry.onModel("User", note("a"));
        assertThat(called).containsExactly("a User");
        models.add("main", Collision.REPLACE, Other.User.class);
        assertThat(called).containsExactly("a User");
        assertThat(registration.unregister()).isFalse();
    }

    @Test
    void aPermanentCallbackForANameRunsAtOnceAndForEachModelOfThatName() {
        models.add("main", User.class);
        registry.onModel("User", Times.ALWAYS, note("a"));
        models.add("main", Collision.REPLACE, Other.User.class);
        assertThat(called).containsExactly("a User", "a User");
    }

    @Test
    void aCallbackForAllModelsRunsAtOnceByKindForEachThatIsThere() {
        main.kinds.put(User.class, ModelKind.TENANT);
        main.kinds.put(Order.class, ModelKind.REFLECTED);
        models.add("main", User.class, Order.class, Item.class);
        registry.onAnyModel(note("a"));
        assertThat(called).containsExactly("a Item", "a Order", "a User");
    }

    @Test
    void aOneTimeCallbackForAllModelsRunsForAllThatAreThereOrElseForTheFirst() {
        registry.onAnyModel(Times.ONCE, note("none"));
        models.add("main", User.class, Order.class);
        registry.onAnyModel(Times.ONCE, note("all"));
        models.add("main", Item.class);
        assertThat(called).containsExactly("none User", "all User", "all Order");
    }

    @Test
    void aCallbackForAClassRunsAtOnceOrWaitsForThatClass() {
        registry.onModel(User.class, note("once"));
        registry.onModel(User.class, Times.ALWAYS, note("always"));
        models.add("main", Other.User.class);
        assertThat(called).as("another class of the name").isEmpty();
        models.add("main", Collision.REPLACE, User.class);
        registry.onModel(User.class, note("late"));
        models.add("main", Collision.REPLACE, User.class);
        assertThat(called).containsExactly("once User", "always User", "late User", "always User");
    }

    @Test
    void theOrderIsOneTimeLatestFirstByNameThenForAllThenThePermanentOnes() {
        registry.onAnyModel(note("always any 1"));
        registry.onModel("User", Times.ALWAYS, note("always 1"));
        registry.onAnyModel(Times.ONCE, note("once any 1"));
        registry.onModel("User", note("once 1"));
        registry.onModel(User.class, note("once 2"));
        registry.onAnyModel(Times.ONCE, note("once any 2"));
        registry.onModel("User", Times.ALWAYS, note("always 2"));
        registry.onAnyModel(note("always any 2"));

        models.add("main", User.class);

        assertThat(called)
                .containsExactly(
                        "once 2 User",
                        "once 1 User",
                        "once any 2 User",
                        "once any 1 User",
                        "always 1 User",
                        "always 2 User",
                        "always any 1 User",
                        "always any 2 User");
    }

    @Test
    void callbacksRunForTheModelsOfADatabaseThatIsAddedBeforeItIsConnected() {
        registry.connect();
        Probe late = Probe.probe().models(User.class, Order.class).build("late");
        registry.onModel("User", model -> called.add(model.database() + " " + late.isOpen()));
        registry.add("late", late);
        assertThat(called).containsExactly("late false");
        assertThat(late.isOpen()).isTrue();
        registry.close();
    }

    @Test
    void aDatabaseWhoseModelIsRefusedOrThatCannotOpenIsNotAddedAndCallbacksWaitOn() {
        registry.connect();
        Registration refusing = registry.onModel("User", model -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> registry.add("late", Probe.probe().models(User.class)))
                .isInstanceOf(ModelRefusedException.class);
        assertThat(refusing.unregister()).isTrue();

        registry.onModel("User", note("a"));
        Probe broken = Probe.probe().models(User.class).build("broken");
        broken.failOpen = new IllegalStateException("down");
        assertThatThrownBy(() -> registry.add("broken", broken)).isInstanceOf(OpenFailedException.class);
        assertThat(models.find("User")).isEmpty();
        broken.failOpen = null;
        registry.add("broken", broken);
        assertThat(called).as("not used up by the failure").containsExactly("a User", "a User");
        registry.close();
    }

    @Test
    void whenACallbackFailsNoModelIsAddedTheOthersAreStillCalledAndNoneIsUsedUp() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalArgumentException second = new IllegalArgumentException("second");
        registry.onModel("User", note("once"));
        Registration one = registry.onAnyModel(model -> {
            throw first;
        });
        Registration two = registry.onModel("Order", model -> {
            throw second;
        });
        registry.onAnyModel(note("always"));

        assertThatThrownBy(() -> models.add("main", User.class, Order.class))
                .isInstanceOfSatisfying(
                        ModelRefusedException.class, e -> assertThat(e.model()).isEqualTo("User"))
                .hasCause(first)
                .satisfies(e -> assertThat(first.getSuppressed()).contains(second));
        assertThat(called).containsExactly("once User", "always User", "always Order");
        assertThat(models.all()).isEmpty();
        assertThat(main.models()).isEmpty();

        one.unregister();
        two.unregister();
        called.clear();
        models.add("main", User.class);
        assertThat(called).containsExactly("once User", "always User");
    }

    @Test
    void aCallbackThatFailsForAModelThatIsThereIsNotRegistered() {
        models.add("main", User.class, Order.class);
        assertThatThrownBy(() -> registry.onAnyModel(model -> {
                    called.add(model.name());
                    throw new java.io.IOException("no");
                }))
                .isInstanceOf(ModelRefusedException.class)
                .hasCauseInstanceOf(java.io.IOException.class);
        assertThat(called).as("all are attempted").containsExactly("User", "Order");
        models.add("main", Item.class);
        assertThat(called).hasSize(2);
        assertThat(models.all()).hasSize(3);
    }

    @Test
    void whatIsUnregisteredIsNotCalledAnyMore() {
        Registration once = registry.onModel("User", note("once"));
        Registration always = registry.onAnyModel(note("always"));
        models.add("main", Order.class);
        assertThat(always.unregister()).isTrue();
        assertThat(always.unregister()).isFalse();
        assertThat(once.unregister()).isTrue();
        models.add("main", User.class);
        assertThat(called).containsExactly("always Order");
    }

    @Test
    void aCallbackMayEndItselfAndRegisterOthersWhichThenSeeTheModelToo() {
        Registration[] self = new Registration[1];
        self[0] = registry.onAnyModel(model -> {
            called.add("self " + model.name());
            self[0].unregister();
            registry.onModel(model.type(), note("inner"));
        });
        models.add("main", User.class);
        models.add("main", Order.class);
        assertThat(called).containsExactly("self User", "inner User");
    }

    @Test
    void aCallbackMustNotAddModelsOrDatabasesOrConnect() {
        List<Runnable> forbidden = List.of(
                () -> models.add("main", Item.class),
                () -> models.remove(Order.class),
                () -> registry.add("x", Probe.probe()),
                () -> registry.remove("main"),
                registry::connect,
                registry::disconnect);
        models.add("main", Order.class);
        for (Runnable action : forbidden) {
            assertThatThrownBy(() -> registry.onModel("Order", model -> action.run()))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(registry.databases()).containsOnlyKeys("main");
        models.add("main", Item.class);
    }

    @Test
    void aModelIsNotFoundBeforeItsCallbacksHaveRun() {
        registry.onModel(
                "User", model -> called.add(String.valueOf(models.find("User").isPresent())));
        models.add("main", User.class);
        assertThat(called).containsExactly("false");
    }

    /** Sixteen classes of different names; what is tested is that none is lost and none is called twice. */
    private static final List<Class<?>> MANY = List.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            Boolean.class,
            String.class,
            StringBuilder.class,
            StringBuffer.class,
            Thread.class,
            Object.class,
            ArrayList.class,
            AtomicInteger.class,
            CyclicBarrier.class);

    @Test
    void manyThreadsThatAddModelsAndRegisterCallbacksLoseAndRepeatNone() throws Exception {
        for (int round = 0; round < 50; round++) {
            Registry fresh = Registry.builder()
                    .main(Probe.probe())
                    .extra("b", Probe.probe())
                    .build();
            Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
            AtomicInteger onceForAny = new AtomicInteger();
            CyclicBarrier together = new CyclicBarrier(16);
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    Class<?> own = MANY.get(i);
                    Class<?> other = MANY.get(15 - i);
                    int number = i;
                    running.add(threads.submit(() -> {
                        together.await();
                        fresh.onModel(other, counting(calls, number + " once"));
                        fresh.onAnyModel(counting(calls, number + " any"));
                        fresh.models().add(number % 2 == 0 ? "main" : "b", own);
                        fresh.onModel(own.getSimpleName(), Times.ALWAYS, counting(calls, number + " always"));
                        Registration ended = fresh.onModel("Nobody", model -> onceForAny.incrementAndGet());
                        return ended.unregister();
                    }));
                }
                for (Future<?> thread : running) {
                    assertThat(thread.get()).isEqualTo(true);
                }
            } finally {
                threads.shutdown();
            }
            assertThat(fresh.models().all()).hasSize(16);
            assertThat(onceForAny).hasValue(0);
            for (int i = 0; i < 16; i++) {
                String own = MANY.get(i).getSimpleName();
                assertThat(calls.get(i + " always " + own)).hasValue(1);
                assertThat(calls.get(i + " once " + MANY.get(15 - i).getSimpleName()))
                        .hasValue(1);
                for (Class<?> type : MANY) {
                    assertThat(calls.get(i + " any " + type.getSimpleName()))
                            .as(i + " any " + type)
                            .hasValue(1);
                }
            }
            assertThat(calls).hasSize(16 * 18);
        }
    }

    private static ModelCallback counting(Map<String, AtomicInteger> calls, String what) {
        return model -> calls.computeIfAbsent(what + " " + model.name(), key -> new AtomicInteger())
                .incrementAndGet();
    }

    @Test
    void ofManyThreadsThatAddOneNameExactlyOneWins() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        registry.onModel("User", Times.ALWAYS, model -> calls.incrementAndGet());
        CyclicBarrier together = new CyclicBarrier(16);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Class<?> type = i % 2 == 0 ? User.class : Other.User.class;
                running.add(threads.submit(() -> {
                    together.await();
                    return models.add("main", Collision.KEEP, type).get(0).type() == type && called.isEmpty();
                }));
            }
            int same = 0;
            for (Future<Boolean> thread : running) {
                same += thread.get() ? 1 : 0;
            }
            assertThat(same).as("those of the winner's class").isEqualTo(8);
        } finally {
            threads.shutdown();
        }
        assertThat(calls).hasValue(1);
        assertThat(main.models()).hasSize(1);
    }
}
