package dev.regista.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.regista.Connection;
import dev.regista.IncompatibleUnitException;
import dev.regista.Isolation;
import dev.regista.NotOpenException;
import dev.regista.NotSupportedException;
import dev.regista.RollbackOnlyException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How units of work begin, join, nest, fail and end, whatever the kind. */
@Timeout(30)
class UnitsTest {
    private final Probe probe = Probe.probe().build("main");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void open() {
        probe.connect();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.regista")).addAppender(log);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger("dev.regista")).detachAppender(log);
        assertThat(probe.holders()).isEmpty();
        probe.forceDisconnect();
    }

    @Test
    void aUnitCommitsReleasesAndReturnsItsResult() {
        assertThat(probe.<String, RuntimeException>call(session -> "result")).isEqualTo("result");
        assertThat(probe.<String, RuntimeException>call(session -> null)).isNull();
        assertThat(probe.log).containsExactly("begin", "commit", "release", "begin", "commit", "release");
    }

    @Test
    void aFailureReachesTheCallerAsItIsWithLaterFailuresSuppressed() {
        IOException original = new IOException("work");
        probe.failRollback = new IOException("rollback");
        probe.failRelease = new IllegalStateException("release");

        assertThatThrownBy(() -> probe.run(session -> {
                    throw original;
                }))
                .isSameAs(original)
                .hasSuppressedException(probe.failRollback)
                .hasSuppressedException(probe.failRelease);
        assertThat(probe.log).containsExactly("begin", "rollback", "release");
    }

    @Test
    void anErrorRollsBackToo() {
        assertThatThrownBy(() -> probe.run(session -> {
                    throw new AssertionError("work");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(probe.log).containsExactly("begin", "rollback", "release");
    }

    @Test
    void aFailedCommitIsRolledBackAndReported() {
        probe.failCommit = new IllegalStateException("constraint");
        assertThatThrownBy(() -> probe.run(session -> {})).isSameAs(probe.failCommit);
        assertThat(probe.log).containsExactly("begin", "commit", "rollback", "release");

        probe.failCommit = new IOException("checked");
        assertThatThrownBy(() -> probe.run(session -> {}))
                .isInstanceOf(UnitFailedException.class)
                .hasCause(probe.failCommit);
    }

    @Test
    void aFailureToReleaseAfterACommitIsOnlyLogged() {
        probe.failRelease = new IOException("release");
        probe.run(session -> {});

        assertThat(log.list).anyMatch(event -> event.getFormattedMessage().contains("Releasing a committed unit"));
    }

    @Test
    void anInnerUnitJoinsAndTheOuterDecides() {
        probe.run(outer -> {
            probe.run(inner -> assertThat(inner).isSameAs(outer));
            probe.read(inner -> assertThat(inner).isSameAs(outer).isNotNull());
        });

        assertThat(probe.log).containsExactly("begin", "commit", "release");
    }

    @Test
    void aSwallowedInnerFailureDoomsTheOuter() {
        IOException swallowed = new IOException("inner");
        assertThatThrownBy(() -> probe.run(outer -> {
                    try {
                        probe.run(inner -> {
                            throw swallowed;
                        });
                    } catch (IOException e) {
                        assertThat(e).isSameAs(swallowed);
                    }
                }))
                .isInstanceOf(RollbackOnlyException.class)
                .hasCause(swallowed);
        assertThat(probe.log).containsExactly("begin", "rollback", "release");
    }

    @Test
    void anotherDatabaseIsAUnitOfItsOwnAndCommitsOnItsOwn() {
        Probe other = Probe.probe().build("other");
        other.connect();
        assertThatThrownBy(() -> probe.run(outer -> {
                    other.run(inner -> probe.run(joined -> assertThat(joined).isSameAs(outer)));
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");

        assertThat(probe.log).containsExactly("begin", "rollback", "release");
        assertThat(other.log).containsExactly("begin", "commit", "release");
        other.close();
    }

    @Test
    void requiresNewIsIndependentOfTheOuter() {
        assertThatThrownBy(() -> probe.run(outer -> {
                    probe.requiresNew().run(inner -> assertThat(inner).isNotSameAs(outer));
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");
        assertThat(probe.log).containsExactly("begin", "begin", "commit", "release", "rollback", "release");
    }

    @Test
    void nestedFailsAloneAndIsRefusedWithoutSavepoints() {
        assertThatThrownBy(() -> probe.run(outer -> probe.nested().run(inner -> {})))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("savepoints");
        probe.log.clear();
        probe.savepoints = true;
        probe.run(outer -> {
            assertThatThrownBy(() -> probe.nested().run(inner -> {
                        probe.run(joined -> assertThat(joined).isSameAs(inner));
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");
        });
        probe.nested().run(alone -> {});
        probe.read(outer -> probe.nested().read(inner -> {
            assertThat(inner).as("a read has nothing to protect").isSameAs(outer);
            return null;
        }));

        assertThat(probe.log)
                .containsExactly(
                        "begin",
                        "savepoint",
                        "nested rollback",
                        "nested release",
                        "commit",
                        "release",
                        "begin",
                        "commit",
                        "release",
                        "begin",
                        "commit",
                        "release");
    }

    @Test
    void aNestedUnitThatCannotBeUndoneDoomsTheOuter() {
        probe.savepoints = true;
        probe.failRollback = new IOException("no such savepoint");
        assertThatThrownBy(() -> probe.run(outer -> assertThatThrownBy(
                                () -> probe.nested().run(inner -> {
                                    throw new IllegalStateException("inner");
                                }))
                        .hasMessage("inner")))
                .isInstanceOf(RollbackOnlyException.class);
    }

    @Test
    void aUnitThatAsksForMoreThanTheSurroundingOneHasIsRefused() {
        probe.read(outer -> {
            assertThatThrownBy(() -> probe.run(inner -> {})).isInstanceOf(IncompatibleUnitException.class);
            assertThatThrownBy(() -> probe.readOnly().run(inner -> {})).isInstanceOf(IncompatibleUnitException.class);
            probe.requiresNew().run(own -> {});
            return null;
        });
        probe.readOnly().run(outer -> {
            probe.read(inner -> null);
            probe.readOnly().run(inner -> {});
        });
        probe.isolation(Isolation.REPEATABLE_READ).run(outer -> {
            probe.isolation(Isolation.READ_COMMITTED).run(inner -> {});
            assertThatThrownBy(() -> probe.isolation(Isolation.SERIALIZABLE).run(inner -> {}))
                    .isInstanceOf(IncompatibleUnitException.class)
                    .hasMessageContaining("SERIALIZABLE")
                    .hasMessageContaining("REPEATABLE_READ");
        });
        assertThatThrownBy(() -> probe.isolation(Isolation.SERIALIZABLE).read(session -> null))
                .isInstanceOf(NotSupportedException.class);
    }

    @Test
    void settingsReachTheKind() {
        probe.readOnly()
                .isolation(Isolation.SERIALIZABLE)
                .timeout(Duration.ofSeconds(3))
                .run(session -> assertThat(session.settings)
                        .isEqualTo(
                                new UnitSettings(Mode.READ_ONLY, Isolation.SERIALIZABLE, Duration.ofSeconds(3), null)));
        probe.read(session -> assertThat(session.settings.mode()).isEqualTo(Mode.READ));
        probe.snapshot(session -> assertThat(session.settings.isolation()).isEqualTo(Isolation.REPEATABLE_READ));
        assertThatThrownBy(() -> probe.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> probe.retrying(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyRefusedUnitsAreRetriedFromTheBeginningAndOnlyByTheOutermost() {
        AtomicInteger attempts = new AtomicInteger();
        probe.retryable = true;
        assertThat(probe.retrying(3).<Integer, RuntimeException>call(session -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("refused");
                    }
                    return attempts.get();
                }))
                .isEqualTo(3);
        attempts.set(0);
        assertThatThrownBy(() -> probe.retrying(2).run(session -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("always");
                }))
                .hasMessage("always");
        assertThat(attempts).as("one attempt and two retries").hasValue(3);
        attempts.set(0);
        assertThatThrownBy(() -> probe.run(outer -> probe.retrying(5).run(inner -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("joined");
                })))
                .hasMessage("joined");
        assertThat(attempts).hasValue(1);
        probe.retryable = false;
        attempts.set(0);
        assertThatThrownBy(() -> probe.retrying(5).run(session -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("other");
                }))
                .hasMessage("other");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anInterruptEndsTheRetries() {
        probe.retryable = true;
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> probe.retrying(100).run(session -> {
                    attempts.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anExplicitConnectionIsFreshHasOneOutcomeAndClosesOnce() {
        probe.run(outer -> {
            try (Connection<Probe.Session> connection = probe.get()) {
                assertThat(connection.session()).isNotSameAs(outer).isSameAs(connection.session());
                connection.commit();
                assertThatThrownBy(connection::commit).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(connection::rollback)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("committed");
                connection.close();
                assertThat(connection.isOpen()).isFalse();
                assertThatThrownBy(connection::session).isInstanceOf(IllegalStateException.class);
            }
        });
        assertThat(probe.log).containsExactly("begin", "begin", "commit", "release", "commit", "release");
    }

    @Test
    void anExplicitConnectionWithoutAnOutcomeRollsBackAndSaysSoIfSomethingWasWritten() {
        probe.get().close();
        assertThat(log.list).isEmpty();
        probe.written = true;
        probe.get().close();
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("'main'")
                        .contains("without a commit"));
        assertThat(probe.log).containsExactly("begin", "rollback", "release", "begin", "rollback", "release");
    }

    @Test
    void aFailedCommitOfAnExplicitConnectionRollsBack() {
        probe.failCommit = new IllegalStateException("constraint");
        try (Connection<Probe.Session> connection = probe.get()) {
            assertThatThrownBy(connection::commit).isSameAs(probe.failCommit);
            assertThatThrownBy(connection::commit).hasMessageContaining("its commit failed");
        }
        assertThat(probe.log).containsExactly("begin", "commit", "rollback", "release");
    }

    @Test
    void anExplicitConnectionMayBeHandedToAnotherThread() throws Exception {
        Connection<Probe.Session> connection = probe.get();
        CompletableFuture.runAsync(() -> {
                    connection.commit();
                    connection.close();
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(probe.log).containsExactly("begin", "commit", "release");
    }

    @Test
    void nothingOpensByAccident() {
        probe.disconnect();
        assertThatThrownBy(() -> probe.run(session -> {})).isInstanceOf(NotOpenException.class);
        assertThatThrownBy(() -> probe.read(session -> null)).isInstanceOf(NotOpenException.class);
        assertThatThrownBy(probe::get)
                .isInstanceOf(NotOpenException.class)
                .hasMessage(
                        "Database 'main' is not open, it is closed. Connect it, or the registry that has it, first.");
        assertThatThrownBy(() -> probe.nested().get()).isInstanceOf(NotSupportedException.class);
        assertThat(probe.log).isEmpty();
    }

    @Test
    void holdersSayWhoWorksAndSinceWhen() {
        probe.run(session -> assertThat(probe.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(holder.toString()).contains("since").contains(" ms)");
        }));
    }
}
