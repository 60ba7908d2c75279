package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.Isolation;
import dev.regista.NotSupportedException;
import dev.regista.WrongTypeException;
import dev.regista.testing.DatabaseKit.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a database says of itself, what a unit of work is given, and the settings of units. */
abstract class ScopeRules<S> extends Rules<S> {
    ScopeRules(DatabaseKit<S> kit) {
        super(kit);
    }

    /** A session type that no kind has. */
    private static final class NoSession {}

    @Test
    @DisplayName("A database has the name that it was built with")
    void hasItsName() throws Exception {
        assertThat(closed().name()).isEqualTo("kit");
    }

    @Test
    @DisplayName("toString names the database and its status, and no secret")
    void printsNoSecret() throws Exception {
        Database<S> database = closed();
        assertThat(database.toString()).contains("'kit'").contains("closed");
        database.connect();
        assertThat(database.toString()).contains("'kit'").contains("open");
        secrets().forEach(secret -> assertThat(database.toString()).doesNotContain(secret));
    }

    @Test
    @DisplayName("A unit of work gets a session of the type that the database states, and the same one to its end")
    void handsOutItsSessionType() throws Exception {
        Database<S> database = open();
        database.run(session -> assertThat(session).isInstanceOf(database.sessionType()));
        try (Connection<S> connection = database.get()) {
            assertThat(connection.session())
                    .isInstanceOf(database.sessionType())
                    .isSameAs(connection.session());
        }
    }

    @Test
    @DisplayName("A database can be seen as one of its own session type, and of no other")
    void isOfItsSessionType() throws Exception {
        Database<S> database = closed();
        assertThat(database.as(database.sessionType())).isSameAs(database);
        assertThat(database.as(Object.class)).isSameAs(database);
        assertThatThrownBy(() -> database.as(NoSession.class)).isInstanceOf(WrongTypeException.class);
    }

    @Test
    @DisplayName("A read sees what was committed before it")
    void readsWhatIsCommitted() throws Exception {
        Database<S> database = open();
        database.run(writing("key"));
        assertThat(database.<Boolean, Exception>read(existing("key"))).isTrue();
        assertThat(database.<Boolean, Exception>read(existing("other"))).isFalse();
    }

    @Test
    @DisplayName("Units with other settings leave the database's own as they are")
    void settingsAreCopies() throws Exception {
        Database<S> database = open();
        assertThat(database.readOnly()).isNotSameAs(database);
        assertThat(database.isolation(Isolation.SERIALIZABLE)).isNotSameAs(database);
        assertThat(database.timeout(Duration.ofMinutes(1))).isNotSameAs(database);
        database.run(writing("key"));
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("A read-only transaction reads, and does not write; or the kind refuses it")
    void readOnlyReadsOnly() throws Exception {
        Database<S> database = open();
        database.run(writing("key"));
        if (lacks(Feature.READ_ONLY)) {
            assertRefused(database, () -> database.readOnly().call(existing("key")));
        } else {
            assertThat(database.readOnly().<Boolean, Exception>call(existing("key")))
                    .isTrue();
            assertThatThrownBy(() -> database.readOnly().run(writing("refused")))
                    .isInstanceOf(Exception.class);
            assertThat(exists(database, "refused")).isFalse();
        }
    }

    @Test
    @DisplayName("A snapshot sees one instant, whatever others commit meanwhile; or the kind refuses it")
    void snapshotSeesOneInstant() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.ISOLATION)) {
            assertRefused(database, () -> database.snapshot(existing("key")));
        } else {
            List<CompletableFuture<Boolean>> writing = new ArrayList<>();
            boolean seen = database.<Boolean, Exception>snapshot(session -> {
                assertThat(exists(session, "key")).isFalse();
                writing.add(async(() -> {
                    database.run(writing("key"));
                    return true;
                }));
                if (!lacks(Feature.CONCURRENT_WRITERS)) { // else the writer waits for the snapshot to end
                    get(writing.get(0));
                }
                return exists(session, "key");
            });
            get(writing.get(0));
            assertThat(seen).as("what was committed meanwhile was seen").isFalse();
            assertWritten(database, "key");
        }
    }

    @Test
    @DisplayName("A kind has every level of isolation, or a stronger one, or refuses them all")
    void hasEveryIsolation() throws Exception {
        Database<S> database = open();
        for (Isolation isolation : Isolation.values()) {
            String key = isolation.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            if (lacks(Feature.ISOLATION)) {
                assertRefused(database, () -> database.isolation(isolation).run(writing(key)));
                assertThat(exists(database, key)).isFalse();
            } else {
                database.isolation(isolation).run(writing(key));
                assertWritten(database, key);
            }
        }
    }

    @Test
    @DisplayName("A unit may be given a time limit; or the kind refuses it")
    void takesATimeLimit() throws Exception {
        Database<S> database = open();
        Duration limit = Duration.ofMinutes(1);
        assertThatThrownBy(() -> database.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        if (lacks(Feature.TIMEOUT)) {
            assertRefused(database, () -> database.timeout(limit).run(writing("key")));
            assertThat(exists(database, "key")).isFalse();
        } else {
            database.timeout(limit).run(writing("key"));
            assertThat(database.timeout(limit).<Boolean, Exception>read(existing("key")))
                    .isTrue();
        }
    }

    private void assertRefused(Database<S> database, ThrowingCallable unit) {
        assertThatThrownBy(unit).isInstanceOf(NotSupportedException.class).hasMessageContaining("'kit'");
        assertNothingHeld(database);
    }
}
