package dev.regista.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.regista.CloseFailedException;
import dev.regista.ConfigurationException;
import dev.regista.Database.Status;
import dev.regista.DatabaseDownException;
import dev.regista.NotOpenException;
import dev.regista.OpenFailedException;
import dev.regista.Registry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B.13 to B.33, each with what we do where the original is wrong. */
@Timeout(30)
class LifecycleTest {
    private static void meet(CyclicBarrier barrier) throws Exception {
        barrier.await(10, TimeUnit.SECONDS);
    }

    @Test
    void allDatabasesOfARegistryOpenAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(3);
        Registry registry = Registry.builder()
                .main(Probe.probe().onOpen(database -> meet(together)))
                .extra("second", Probe.probe().onOpen(database -> meet(together)))
                .extra("third", Probe.probe().onOpen(database -> meet(together)))
                .open();

        assertThat(registry.databases().values()).allMatch(database -> database.isOpen());
        registry.close();
    }

    @Test
    void allDatabasesOfARegistryCloseAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(3);
        Registry registry = Registry.builder()
                .main(Probe.probe().onClose(database -> meet(together)))
                .extra("second", Probe.probe().onClose(database -> meet(together)))
                .extra("third", Probe.probe().onClose(database -> meet(together)))
                .open();
        registry.close();

        assertThat(registry.databases().values()).allMatch(Probe::isClosed);
    }

    @Test
    void theFailureDeclaredFirstIsThrownWhicheverFailedFirstAndTheOthersAreSuppressedOntoIt() {
        Probe main = Probe.probe().build("main");
        Probe slow = Probe.probe().build("slow");
        Probe fast = Probe.probe().build("fast");
        slow.openGate = new CountDownLatch(1);
        slow.failOpen = new IOException("slow is down");
        fast.failOpen = new IOException("fast is down");
        Registry registry = Registry.builder()
                .main(main)
                .extra("slow", slow)
                .extra("fast", fast)
                .build();
        CompletableFuture<Void> opening = registry.connectAsync();
        await().until(() -> fast.status() == Status.CLOSED && main.isOpen());
        slow.openGate.countDown();

        assertThatThrownBy(opening::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("slow is down")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessageContaining("fast is down")));
        assertThat(main.opened).hasValue(1);
        assertThat(main.closed).hasValue(1);
        assertThat(registry.isConnected()).isFalse();
    }

    @Test
    void undoingLeavesWhatAnotherOwnerHasOpen() {
        Probe shared = Probe.probe().build("shared");
        shared.connect();
        Probe broken = Probe.probe().build("broken");
        broken.failOpen = new IOException("down");
        Registry registry =
                Registry.builder().main(shared).extra("broken", broken).build();

        assertThatThrownBy(registry::connect).isInstanceOf(OpenFailedException.class);
        assertThat(shared.isOpen()).isTrue();
        assertThat(shared.references()).isEqualTo(1);

        broken.failOpen = null;
        registry.connect();
        assertThat(shared.references()).isEqualTo(2);
        registry.close();
        assertThat(shared.isOpen()).isTrue();
        assertThat(shared.disconnect()).isTrue();
    }

    @Test
    void aFailureWhileUndoingIsSuppressedAndTheFirstFailureStays() {
        Probe main = Probe.probe()
                .onClose(database -> {
                    throw new IOException("cannot close");
                })
                .build("main");
        Probe broken = Probe.probe().build("broken");
        broken.failOpen = new IOException("down");

        assertThatThrownBy(() ->
                        Registry.builder().main(main).extra("broken", broken).open())
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("down")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(main.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void referencesAreCountedAndOnlyTheFirstAndTheLastOpenAndClose() {
        Probe probe = Probe.probe().build("main");

        assertThat(probe.disconnect()).isFalse();
        assertThat(probe.connect()).isTrue();
        assertThat(probe.connect()).isFalse();
        assertThat(probe.references()).isEqualTo(2);
        assertThat(probe.disconnect()).isFalse();
        assertThat(probe.isOpen()).isTrue();
        assertThat(probe.disconnect()).isTrue();
        assertThat(probe.disconnect()).isFalse();
        assertThat(probe.references()).isZero();
        assertThat(probe.connect()).as("it can be opened again").isTrue();
        assertThat(probe.opened).as("with a new backend").hasValue(2);
        probe.close();
    }

    @Test
    void oneDatabaseUnderTwoNamesIsCountedTwiceAndReleasedTwice() {
        Probe probe = Probe.probe().build("main");
        try (Registry registry =
                Registry.builder().main(probe).extra("again", probe).open()) {
            assertThat(registry.isConnected()).isTrue();
            assertThat(probe.references()).isEqualTo(2);
            registry.connect();
            assertThat(probe.references()).isEqualTo(4);
            registry.disconnect();
        }
        assertThat(probe.references()).isZero();
        assertThat(probe.opened).hasValue(1);
        assertThat(probe.closed).hasValue(1);
    }

    @Test
    void aRegistryLeftMoreOftenThanEnteredDoesNothing() {
        Probe probe = Probe.probe().build("main");
        Registry registry = Registry.builder().main(probe).build();
        registry.close();
        registry.connect();
        registry.close();
        registry.close();

        assertThat(probe.references()).isZero();
        assertThat(probe.closed).hasValue(1);
    }

    @Test
    void aForcedCloseIgnoresReferencesAndWorkUnderWayAndLeavesItReusable() {
        Probe probe = Probe.probe().build("main");
        probe.connect();
        probe.connect();
        try (var connection = probe.get()) {
            assertThat(probe.forceDisconnect()).isTrue();
            assertThat(probe.references()).isZero();
            assertThat(probe.status()).isEqualTo(Status.CLOSED);
            assertThat(connection.isOpen()).isTrue();
        }
        assertThat(probe.forceDisconnect()).isFalse();
        assertThat(probe.connect()).isTrue();
        probe.close();
    }

    @Test
    void onlySuccessfulOpensAreCounted() {
        Probe probe = Probe.probe().build("main");
        probe.failOpen = new IOException("down");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(probe::connect)
                    .isInstanceOf(OpenFailedException.class)
                    .hasCause(probe.failOpen);
            assertThat(probe.references()).isZero();
        }
        probe.failOpen = null;
        assertThat(probe.connect()).isTrue();
        assertThat(probe.references()).isEqualTo(1);
        probe.close();
    }

    @Test
    void aFailingOpenHookClosesWhatWasOpened() {
        Probe probe = Probe.probe()
                .onOpen(database -> {
                    throw new IOException("no tables");
                })
                .build("main");

        assertThatThrownBy(probe::connect)
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("no tables")
                .hasCauseInstanceOf(IOException.class);
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        assertThat(probe.closed).hasValue(1);
    }

    @Test
    void aFailingCloseHookIsReportedAndEverythingIsClosedAllTheSame() {
        List<String> ran = new ArrayList<>();
        Probe probe = Probe.probe()
                .onClose(database -> ran.add("registered first"))
                .onClose(database -> {
                    throw new IOException("cannot flush");
                })
                .build("main");
        probe.failClose = new IOException("cannot close");
        Probe other = Probe.probe().build("other");
        Registry registry = Registry.builder().main(probe).extra("other", other).open();

        assertThatThrownBy(registry::close)
                .isInstanceOf(CloseFailedException.class)
                .hasRootCauseMessage("cannot flush")
                .satisfies(failure ->
                        assertThat(failure.getCause().getSuppressed()).hasSize(1));
        assertThat(ran).containsExactly("registered first");
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        assertThat(other.status()).isEqualTo(Status.CLOSED);
        assertThat(registry.isConnected()).isFalse();
    }

    @Test
    void hooksUseTheDatabaseBeforeAndAfterAnyoneElseCan() throws Exception {
        AtomicReference<Throwable> stranger = new AtomicReference<>();
        CountDownLatch inHook = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        Probe probe = Probe.probe()
                .onOpen(database -> {
                    database.run(session -> {});
                    inHook.countDown();
                    tried.await(10, TimeUnit.SECONDS);
                })
                .onClose(database -> database.run(session -> {}))
                .build("main");
        CompletableFuture<Boolean> opening = probe.connectAsync();
        inHook.await(10, TimeUnit.SECONDS);
        try {
            probe.run(session -> {});
        } catch (NotOpenException e) {
            stranger.set(e);
        }
        tried.countDown();

        assertThat(opening.get()).isTrue();
        assertThat(stranger.get()).hasMessageContaining("it is opening");
        assertThat(probe.disconnectAsync().get()).isTrue();
        assertThat(probe.log).containsExactly("begin", "commit", "release", "begin", "commit", "release");
    }

    @Test
    void aHookThatConnectsOrClosesItsOwnDatabaseIsToldSo() {
        Probe probe = Probe.probe().onOpen(Probe::connect).build("main");

        assertThatThrownBy(probe::connect).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void whoMeetsAnOpeningUnderWaySharesItsResult() throws Exception {
        Probe probe = Probe.probe().build("main");
        probe.openGate = new CountDownLatch(1);
        CompletableFuture<Boolean> first = probe.connectAsync();
        await().until(() -> probe.status() == Status.OPENING);
        CompletableFuture<Boolean> second = probe.connectAsync();
        probe.openGate.countDown();

        assertThat(first.get()).isTrue();
        assertThat(second.get()).isFalse();
        assertThat(probe.references()).isEqualTo(2);
        assertThat(probe.opened).hasValue(1);
        probe.forceDisconnect();
    }

    @Test
    void anOpeningThatTakesTooLongIsGivenUpAndClosedShouldItSucceedLater() {
        Probe probe = Probe.probe().connectTimeout(Duration.ofMillis(50)).build("main");
        probe.openGate = new CountDownLatch(1);
        probe.ignoreInterrupts = true;

        assertThatThrownBy(probe::connect)
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("no answer within 50 ms");
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        probe.openGate.countDown();
        await().untilAsserted(() -> assertThat(probe.closed).hasValue(1));
        assertThat(probe.opened).hasValue(1);
    }

    @Test
    void anInterruptEndsTheWaitForAnOpening() throws Exception {
        Probe probe = Probe.probe().build("main");
        probe.openGate = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                probe.connect();
            } catch (OpenFailedException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        waiting.start();
        await().until(() -> probe.status() == Status.OPENING);
        waiting.interrupt();
        waiting.join(10_000);

        assertThat(failure.get()).hasMessageContaining("interrupted");
        assertThat(flag.get()).isTrue();
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        assertThat(probe.opened).hasValue(0);
    }

    @Test
    void whatNeedNotBeUpMayBeDownAndComesBackByItself() {
        List<String> hooks = Collections.synchronizedList(new ArrayList<>());
        Probe probe = Probe.probe()
                .required(false)
                .onOpen(database -> hooks.add("open"))
                .build("down");
        probe.failOpen = new IOException("no route");
        Registry registry =
                Registry.builder().main(Probe.probe()).extra("down", probe).open();

        assertThat(registry.main().isOpen()).isTrue();
        assertThat(probe.status()).isEqualTo(Status.DOWN);
        assertThat(probe.references()).isEqualTo(1);
        assertThatThrownBy(() -> probe.run(session -> {}))
                .isInstanceOf(DatabaseDownException.class)
                .hasRootCauseMessage("no route");
        probe.failOpen = null;
        await().until(probe::isOpen);
        assertThat(hooks).containsExactly("open");
        probe.run(session -> {});
        registry.close();
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        assertThat(probe.closed).hasValue(1);
    }

    @Test
    void anErrorWhileItIsDownDoesNotEndTheRecovery() {
        Probe probe = Probe.probe().required(false).build("down");
        probe.failOpen = new IOException("no route");
        probe.connect();
        probe.failOpen = new NoClassDefFoundError("on purpose");
        await().until(() -> rootOfRefusal(probe) instanceof NoClassDefFoundError);
        probe.failOpen = null;

        await().until(probe::isOpen);

        assertThat(probe.disconnect()).isTrue();
    }

    private static Throwable rootOfRefusal(Probe probe) {
        Throwable root = catchThrowable(() -> probe.run(session -> {}));
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Test
    void whatComesBackWhenNobodyWantsItAnyMoreIsClosedWithItsHooks() throws Exception {
        List<String> hooks = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Probe probe = Probe.probe()
                .required(false)
                .onOpen(database -> {
                    hooks.add("open");
                    opening.countDown();
                    awaitUninterruptibly(goOn);
                })
                .onClose(database -> hooks.add("close"))
                .build("down");
        probe.failOpen = new IOException("no route");
        probe.connect();
        probe.failOpen = null;
        opening.await();
        assertThat(probe.disconnect()).isTrue();
        goOn.countDown();

        await().until(() -> hooks.size() == 2 && probe.closed.get() == 1);

        assertThat(hooks).containsExactly("open", "close");
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsDownCanBeClosedAndDoesNotComeBack() {
        Probe probe = Probe.probe().required(false).build("down");
        probe.failOpen = new IOException("no route");
        probe.connect();
        assertThat(probe.disconnect()).isTrue();
        probe.failOpen = null;

        assertThat(probe.status()).isEqualTo(Status.CLOSED);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("regista-recover-down")));
        assertThat(probe.opened).hasValue(0);
    }

    @Test
    void wrongSettingsAreNotMistakenForBeingDown() {
        Probe probe = Probe.probe().required(false).build("down");
        probe.failOpen = new ConfigurationException("no driver");

        assertThatThrownBy(probe::connect)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("no driver");
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void closingRefusesNewWorkAndWaitsForTheWorkUnderWay() throws Exception {
        Probe probe = Probe.probe().build("main");
        probe.connect();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> probe.run(session -> {
            working.countDown();
            hold(finish);
            probe.run(joined -> {});
        }));
        working.await(10, TimeUnit.SECONDS);
        CompletableFuture<Boolean> closing = probe.disconnectAsync();
        await().until(() -> probe.status() == Status.CLOSING);

        assertThatThrownBy(() -> probe.run(session -> {})).isInstanceOf(NotOpenException.class);
        assertThat(closing).isNotDone();
        assertThat(probe.closed).hasValue(0);
        finish.countDown();
        work.get(10, TimeUnit.SECONDS);
        assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.log).containsExactly("begin", "commit", "release");
    }

    @Test
    void closingWaitsNoLongerThanItsLimitAndNotForItsOwnThread() throws Exception {
        Probe probe = Probe.probe().closeTimeout(Duration.ofMillis(50)).build("main");
        probe.connect();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> probe.run(session -> {
            working.countDown();
            hold(finish);
        }));
        working.await(10, TimeUnit.SECONDS);
        assertThat(probe.disconnect()).isTrue();
        assertThat(probe.closed).hasValue(1);
        finish.countDown();
        work.get(10, TimeUnit.SECONDS);

        Probe own = Probe.probe().closeTimeout(Duration.ofMinutes(5)).build("own");
        Registry registry = Registry.builder().main(own).open();
        own.run(session -> registry.close());
        assertThat(own.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void databasesAreAddedAndRemovedWhileTheRegistryIsInUse() {
        try (Registry registry = Registry.builder().main(Probe.probe()).open()) {
            Probe late = registry.add("late", Probe.probe().models(String.class));
            assertThat(late.isOpen()).isTrue();
            assertThat(registry.databaseOf(String.class)).isSameAs(late);

            assertThat(registry.remove("late", Duration.ZERO)).isSameAs(late);
            assertThat(late.status()).isEqualTo(Status.CLOSED);
            assertThat(registry.findDatabase("late")).isEmpty();
            assertThat(registry.findDatabaseOf(String.class)).isEmpty();

            Probe broken = Probe.probe().build("broken");
            broken.failOpen = new IOException("down");
            assertThatThrownBy(() -> registry.add("broken", broken)).isInstanceOf(OpenFailedException.class);
            assertThat(registry.findDatabase("broken")).isEmpty();
        }
    }

    @Test
    void aDatabaseAddedToAnUnconnectedRegistryIsConnectedWithIt() {
        Registry registry = Registry.builder().main(Probe.probe()).build();
        Probe late = registry.add("late", Probe.probe());
        assertThat(late.isOpen()).isFalse();
        registry.connect();
        assertThat(late.isOpen()).isTrue();
        registry.close();
        assertThat(late.isOpen()).isFalse();
    }

    @Test
    void ofManyThatAddTheSameNameExactlyOneWins() throws Exception {
        try (Registry registry = Registry.builder().main(Probe.probe()).open()) {
            CyclicBarrier together = new CyclicBarrier(8);
            List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                attempts.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                meet(together);
                                registry.add("contested", Probe.probe());
                                return true;
                            } catch (ConfigurationException e) {
                                return false;
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        task -> new Thread(task).start()));
            }
            int winners = 0;
            for (CompletableFuture<Boolean> attempt : attempts) {
                winners += attempt.get(10, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    void registryHooksRunWithAllDatabasesOpenAndCloseInReverse() {
        List<String> ran = new ArrayList<>();
        Registry registry = Registry.builder()
                .main(Probe.probe())
                .onOpen(opened -> ran.add("open 1 " + opened.main().isOpen()))
                .onOpen(opened -> ran.add("open 2"))
                .onClose(closing -> ran.add("close 1 " + closing.main().isOpen()))
                .onClose(closing -> ran.add("close 2"))
                .open();
        registry.connect();
        registry.close();
        registry.close();

        assertThat(ran).containsExactly("open 1 true", "open 2", "close 2", "close 1 true");
    }

    @Test
    void aFailingRegistryHookClosesTheDatabasesAgain() {
        Probe probe = Probe.probe().build("main");

        assertThatThrownBy(() -> Registry.builder()
                        .main(probe)
                        .onOpen(registry -> {
                            throw new IOException("no");
                        })
                        .open())
                .isInstanceOf(OpenFailedException.class)
                .hasRootCauseMessage("no");
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void asynchronousTwinsReportWhatTheOthersThrow() {
        Probe probe = Probe.probe().build("main");
        probe.failOpen = new IOException("down");

        assertThatThrownBy(() -> probe.connectAsync().get()).hasCauseInstanceOf(OpenFailedException.class);
        assertThatThrownBy(() ->
                        Registry.builder().main(probe).build().connectAsync().get())
                .hasCauseInstanceOf(OpenFailedException.class);
        probe.failOpen = null;
        Registry registry = Registry.builder().main(probe).build();
        registry.connectAsync().join();
        assertThat(registry.isConnected()).isTrue();
        registry.disconnectAsync().join();
        assertThat(probe.status()).isEqualTo(Status.CLOSED);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
