package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.NotOpenException;
import dev.regista.NotSupportedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Wrong use, and what messages say. */
abstract class ErrorRules<S> extends Rules<S> {
    ErrorRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("Settings that cannot work are all named at once, before any I/O")
    void namesEveryProblem() {
        Throwable refusal = catchThrowable(() -> build(builder -> {
            builder.connectTimeout(Duration.ZERO);
            builder.closeTimeout(Duration.ofSeconds(-1));
        }));
        assertThat(refusal)
                .asInstanceOf(Assertions.as(
                        org.assertj.core.api.InstanceOfAssertFactories.type(ConfigurationException.class)))
                .satisfies(wrong -> assertThat(wrong.problems())
                        .anyMatch(problem -> problem.contains("connect timeout"))
                        .anyMatch(problem -> problem.contains("close timeout")));
    }

    @Test
    @DisplayName("get() of units that nest or are run again is refused")
    void refusesConnectionsThatCannotBe() throws Exception {
        Database<S> database = open();
        assertThatThrownBy(() -> database.nested().get()).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> database.retrying(1).get()).isInstanceOf(NotSupportedException.class);
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("A number of retries that makes no sense is refused")
    void refusesSenselessRetries() throws Exception {
        Database<S> database = open();
        assertThatThrownBy(() -> database.retrying(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.retrying(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("A failure of the work itself is not a reason to run it again")
    void retriesOnlyWhatMaySucceed() throws Exception {
        Database<S> database = open();
        AtomicInteger attempts = new AtomicInteger();
        IOException failure = new IOException("of the work");
        assertThatThrownBy(() -> database.retrying(3).run(session -> {
                    attempts.incrementAndGet();
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(attempts).hasValue(1);
        database.retrying(3).run(writing("key"));
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("A failed unit carries no more than its own failure: nothing is suppressed when the rollback succeeds")
    void addsNothingToTheFailure() throws Exception {
        Database<S> database = open();
        IOException failure = new IOException("of the work");
        assertThatThrownBy(() -> database.run(session -> {
                    write(session, "key");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
    }

    @Test
    @DisplayName("Failures name the database, and no secret, all the way down")
    void failuresHaveNoSecret() throws Exception {
        Database<S> database = build(builder -> builder.onOpen(opened -> {
            throw new IOException("of the hook");
        }));
        Throwable notOpen = catchThrowable(database::get);
        Throwable notOpened = catchThrowable(database::connect);
        assertThat(notOpen).isInstanceOf(NotOpenException.class).hasMessageContaining("'kit'");
        assertThat(notOpened).hasMessageContaining("'kit'").hasMessageContaining("of the hook");
        secrets()
                .forEach(secret -> assertThat(trace(notOpen) + trace(notOpened)).doesNotContain(secret));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
