package dev.regista.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Isolation;
import dev.regista.NotOpenException;
import dev.regista.NotSupportedException;
import dev.regista.spi.UnitFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A.93 to A.95, and what an object can be told beyond that. */
class ObjectDatabaseTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void withoutCallbacksTheWorkGetsTheObjectItselfAndNothingHappensAtTheEnd() {
        StringBuilder object = new StringBuilder();
        try (ObjectDatabase<StringBuilder, StringBuilder> database =
                ObjectDatabase.of(object).open("builder")) {
            database.run(session -> assertThat(session).isSameAs(object));
            assertThat(database.object()).isSameAs(object);
            assertThat(database.sessionType()).isEqualTo(StringBuilder.class);
        }
    }

    @Test
    void theSessionIsMadeForEachUnitAndReleasedOnceAlsoAfterAFailure() {
        AtomicInteger number = new AtomicInteger();
        try (ObjectDatabase<AtomicInteger, String> database = ObjectDatabase.of(
                        number, String.class, counter -> "session " + counter.incrementAndGet())
                .commit(session -> log.add("commit " + session))
                .rollback(session -> log.add("roll back " + session))
                .release(session -> log.add("release " + session))
                .open("sessions")) {
            database.run(session -> {});
            assertThatThrownBy(() -> database.run(session -> {
                        throw new IOException("work");
                    }))
                    .isInstanceOf(IOException.class);
            database.read(session -> session);
        }
        assertThat(log)
                .containsExactly(
                        "commit session 1",
                        "release session 1",
                        "roll back session 2",
                        "release session 2",
                        "release session 3");
    }

    @Test
    void aFailingCallbackDoesNotHideTheFailureOfTheWork() {
        IOException release = new IOException("release");
        IOException commit = new IOException("commit");
        try (ObjectDatabase<String, String> database = ObjectDatabase.of("object")
                .commit(session -> {
                    throw commit;
                })
                .release(session -> {
                    throw release;
                })
                .open("failing")) {
            IllegalStateException work = new IllegalStateException("work");
            assertThatThrownBy(() -> database.run(session -> {
                        throw work;
                    }))
                    .isSameAs(work)
                    .hasSuppressedException(release);
            assertThatThrownBy(() -> database.run(session -> {}))
                    .isInstanceOf(UnitFailedException.class)
                    .hasCause(commit);
        }
    }

    @Test
    void anObjectCanBeMadeAtEachOpeningAndClosedAtEachClosing() {
        AtomicInteger made = new AtomicInteger();
        ObjectDatabase<String, String> database = ObjectDatabase.opening(
                        String.class, () -> "object " + made.incrementAndGet())
                .close(object -> log.add("close " + object))
                .build("made");
        assertThatThrownBy(database::object).isInstanceOf(NotOpenException.class);
        for (int i = 0; i < 2; i++) {
            database.connect();
            log.add(database.object());
            database.disconnect();
        }

        assertThat(log).containsExactly("object 1", "close object 1", "object 2", "close object 2");
    }

    @Test
    void whatNobodyCouldKeepIsRefused() {
        try (ObjectDatabase<String, String> database =
                ObjectDatabase.of("object").open("plain")) {
            assertThatThrownBy(() -> database.readOnly().run(session -> {})).isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> database.snapshot(session -> session)).isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> database.isolation(Isolation.SERIALIZABLE).run(session -> {}))
                    .isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> database.timeout(Duration.ofSeconds(1)).run(session -> {}))
                    .isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> database.run(outer -> database.nested().run(inner -> {})))
                    .isInstanceOf(NotSupportedException.class);
        }
    }
}
