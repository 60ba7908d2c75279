package dev.regista.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Connection;
import dev.regista.Database.Status;
import dev.regista.NotOpenException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of operations, from every state, released at the same moment, many times, as jcstress does: whatever the
 * interleaving, the count is what the answers say, exactly the open one of the backends is open, and no unit ever begins on
 * a closed one.
 */
@Timeout(60)
class LifecycleRaceTest {
    private static final int ROUNDS = 150;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(3);

    /** What may happen to a database. */
    enum Operation {
        CONNECT {
            @Override
            void run(Probe probe) {
                probe.connect();
            }
        },
        DISCONNECT {
            @Override
            void run(Probe probe) {
                probe.disconnect();
            }
        },
        FORCE {
            @Override
            void run(Probe probe) {
                probe.forceDisconnect();
            }
        },
        RUN {
            @Override
            void run(Probe probe) {
                try {
                    probe.run(session -> Thread.onSpinWait());
                } catch (NotOpenException e) {
                    assertThat(e.database()).isEqualTo("main");
                }
            }
        },
        GET_AND_CLOSE {
            @Override
            void run(Probe probe) {
                try (Connection<Probe.Session> connection = probe.get()) {
                    connection.commit();
                } catch (NotOpenException e) {
                    assertThat(e.database()).isEqualTo("main");
                }
            }
        },
        LOOK {
            @Override
            void run(Probe probe) {
                assertThat(probe.references()).isNotNegative();
                assertThat(probe.status()).isNotNull();
                assertThat(probe.holders()).isNotNull();
            }
        };

        abstract void run(Probe probe);
    }

    static Stream<Arguments> races() {
        List<Arguments> races = new ArrayList<>();
        for (int references = 0; references <= 2; references++) {
            for (Operation first : Operation.values()) {
                for (Operation second : Operation.values()) {
                    if (first.compareTo(second) <= 0) {
                        races.add(Arguments.of(references, List.of(first, second)));
                    }
                }
            }
            races.add(Arguments.of(references, List.of(Operation.CONNECT, Operation.DISCONNECT, Operation.RUN)));
            races.add(Arguments.of(references, List.of(Operation.CONNECT, Operation.FORCE, Operation.GET_AND_CLOSE)));
            races.add(Arguments.of(references, List.of(Operation.CONNECT, Operation.CONNECT, Operation.DISCONNECT)));
            races.add(Arguments.of(references, List.of(Operation.DISCONNECT, Operation.DISCONNECT, Operation.CONNECT)));
        }
        return races.stream();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        THREADS.shutdown();
        assertThat(THREADS.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("races")
    void everyInterleavingKeepsTheInvariants(int references, List<Operation> operations) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Probe probe = Probe.probe().build("main");
            for (int i = 0; i < references; i++) {
                probe.connect();
            }
            CyclicBarrier together = new CyclicBarrier(operations.size());
            List<Future<Void>> running = new ArrayList<>();
            for (Operation operation : operations) {
                running.add(THREADS.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    operation.run(probe);
                    return null;
                }));
            }
            for (Future<Void> each : running) {
                each.get(20, TimeUnit.SECONDS);
            }
            check(probe, references, operations);
            probe.forceDisconnect();
            assertThat(probe.opened.get()).as("all closed").isEqualTo(probe.closed.get());
        }
    }

    private static void check(Probe probe, int references, List<Operation> operations) {
        int connects = count(operations, Operation.CONNECT);
        int disconnects = count(operations, Operation.DISCONNECT);
        boolean forced = operations.contains(Operation.FORCE);
        int most = references + connects;
        int least = forced ? 0 : Math.max(0, references + connects - disconnects);
        int atStart = references == 0 ? connects : most;
        assertThat(probe.references()).isBetween(least, Math.max(atStart, least));
        if (!forced && references >= disconnects) {
            assertThat(probe.references()).isEqualTo(references + connects - disconnects);
        }
        Status expected = probe.references() > 0 ? Status.OPEN : Status.CLOSED;
        assertThat(probe.status()).isEqualTo(expected);
        assertThat(probe.opened.get() - probe.closed.get()).isEqualTo(expected == Status.OPEN ? 1 : 0);
        assertThat(probe.holders()).isEmpty();
        if (!forced) {
            assertThat(probe.begunOnClosed)
                    .as("units begun on a closed backend")
                    .hasValue(0);
        }
    }

    private static int count(List<Operation> operations, Operation wanted) {
        return (int)
                operations.stream().filter(operation -> operation == wanted).count();
    }
}
