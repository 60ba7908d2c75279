package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Connection;
import dev.regista.IncompatibleUnitException;
import dev.regista.sql.signal.UnitEnd;
import dev.regista.testing.LeakChecker;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is called after units of work, and when. */
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class UnitEndingIT {
    @Parameter
    Store store;

    private final List<String> told = new ArrayList<>();
    private Store.Fresh fresh;
    private SqlDatabase database;

    @BeforeEach
    void open() {
        fresh = store.fresh();
        database =
                fresh.at().models(Book.class, Review.class).createTables(true).build("main");
        database.connect();
    }

    @AfterEach
    void close() {
        database.disconnect();
        fresh.close();
    }

    private void note(String what) {
        database.afterCommit(() -> told.add(what + " committed"));
        database.afterRollback(() -> told.add(what + " undone"));
    }

    private static void fail() {
        throw new IllegalStateException("no");
    }

    private long books() {
        return database.<Long, RuntimeException>read(Book::count);
    }

    @Test
    void anActionIsCalledOnceTheUnitIsCommittedAndGivenBack() {
        database.run(session -> {
            session.persist(new Book("Emma"));
            database.afterCommit(() -> told.add(database.pool().active() + " in use"));
            database.afterCommit(() -> told.add("sees " + books()));
            database.afterCommit(() -> database.run(other -> other.persist(new Book("Persuasion"))));
            told.add("work");
        });

        assertThat(told).containsExactly("work", "0 in use", "sees 1");
        assertThat(books()).isEqualTo(2);
    }

    @Test
    void everyFaceOfAUnitHasItsEnd() {
        database.stateless().run(session -> {
            session.insert(new Book("Emma"));
            note("stateless");
        });
        database.jdbc().run(connection -> note("jdbc"));
        assertThatThrownBy(() -> database.jdbc().run(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("delete from Book");
                    }
                    note("jdbc");
                    throw new SQLException("no");
                }))
                .isInstanceOf(SQLException.class);

        assertThat(told).containsExactly("stateless committed", "jdbc committed", "jdbc undone");
    }

    @Test
    void aFailureTellsOfTheRollbackOnly() {
        assertThatThrownBy(() -> database.run(session -> {
                    note("unit");
                    fail();
                }))
                .hasMessage("no");

        assertThat(told).containsExactly("unit undone");
    }

    @Test
    void whatASavepointDidEndsWithTheOutermostUnit() {
        database.run(outer -> {
            database.nested().run(inner -> note("kept"));
            assertThatThrownBy(() -> database.nested().run(inner -> {
                        database.nested().run(innermost -> note("inside"));
                        note("lost");
                        fail();
                    }))
                    .hasMessage("no");
            assertThat(told).isEmpty();
            note("outer");
        });

        assertThat(told).containsExactly("kept committed", "inside undone", "lost undone", "outer committed");
    }

    @Test
    void theSavepointsOfAUnitThatFailsAreUndoneWithIt() {
        assertThatThrownBy(() -> database.run(outer -> {
                    database.nested().run(inner -> note("inner"));
                    fail();
                }))
                .hasMessage("no");

        assertThat(told).containsExactly("inner undone");
    }

    @Test
    void aJoinedUnitEndsWithTheOneItJoined() {
        database.run(outer -> {
            database.run(inner -> note("inner"));
            assertThat(told).isEmpty();
        });

        assertThat(told).containsExactly("inner committed");
    }

    @Test
    void aUnitOfItsOwnHasAnEndOfItsOwn() {
        assertThatThrownBy(() -> database.run(outer -> {
                    note("outer");
                    database.requiresNew().run(inner -> note("inner"));
                    assertThat(told).containsExactly("inner committed");
                    fail();
                }))
                .hasMessage("no");

        assertThat(told).containsExactly("inner committed", "outer undone");
    }

    @Test
    void onlyTheLastAttemptIsCommitted() {
        List<Integer> attempts = new ArrayList<>();
        database.retrying(2).run(session -> {
            attempts.add(attempts.size());
            note("attempt " + attempts.size());
            if (attempts.size() < 2) {
                throw new RuntimeException(new SQLException("could not serialize", "40001"));
            }
        });

        assertThat(told).containsExactly("attempt 1 undone", "attempt 2 committed");
    }

    @Test
    void anActionThatFailsUndoesNothingAndStopsNobody() {
        database.signals().afterCommit(end -> told.add("listener"));

        database.run(session -> {
            session.persist(new Book("Emma"));
            database.afterCommit(UnitEndingIT::fail);
            note("second");
        });

        assertThat(books()).isEqualTo(1);
        assertThat(told).containsExactly("second committed", "listener");
    }

    @Test
    void listenersHearOfEveryUnitButReads() {
        List<UnitEnd> committed = new ArrayList<>();
        List<UnitEnd> undone = new ArrayList<>();
        database.signals().afterCommit(committed::add);
        database.signals().afterRollback(undone::add);

        database.run(session -> {
            assertThatThrownBy(() -> database.nested().run(inner -> fail())).hasMessage("no");
        });
        books();
        database.jdbc().run(connection -> {});
        try (Connection<Session> connection = database.get()) {
            connection.commit();
            assertThat(committed).hasSize(2);
        }
        try (Connection<Session> connection = database.get()) {
            connection.session().getTransaction().commit();
        }
        database.get().close();

        UnitEnd end = new UnitEnd("main", Optional.empty(), Optional.empty(), false);
        assertThat(committed).containsExactly(end, end, end, end);
        assertThat(undone).containsExactly(new UnitEnd("main", Optional.empty(), Optional.empty(), true), end);
    }

    @Test
    void withoutATransactionThereIsNothingToWaitFor() {
        assertThatThrownBy(() -> note("nothing"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'main'");
        assertThatThrownBy(() -> database.read(session -> {
                    note("read");
                    return 1;
                }))
                .isInstanceOf(IncompatibleUnitException.class);
    }

    @Test
    void aListenerInsideTheUnitCanWaitForItsEnd() {
        database.signals().afterSave(Book.class, save -> {
            save.afterCommit(() -> told.add(save.entity().title + " committed"));
            save.afterRollback(() -> told.add(save.entity().title + " undone"));
        });

        database.run(outer -> {
            outer.persist(new Book("Emma"));
            assertThatThrownBy(() -> database.nested().run(inner -> {
                        inner.persist(new Book("Sanditon"));
                        inner.flush();
                        fail();
                    }))
                    .hasMessage("no");
        });

        assertThat(told).containsExactly("Emma committed", "Sanditon undone");
    }

    private <L> int listeners(EventType<L> type) {
        return database.sessionFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getEventEngine()
                .getListenerRegistry()
                .getEventListenerGroup(type)
                .count();
    }

    @Test
    void whereNobodyListensHibernateIsToldNothing() {
        database.run(session -> {
            session.persist(new Book("Emma"));
            assertThat(Proxy.isProxyClass(session.getClass())).isFalse();
        });
        assertThat(listeners(EventType.PRE_INSERT)).isZero();
        assertThat(listeners(EventType.PRE_DELETE)).isZero();
        assertThat(listeners(EventType.PRE_COLLECTION_UPDATE)).isZero();

        database.signals().afterSave(Review.class, save -> {});
        database.signals().beforeSave(Book.class, save -> {});

        assertThat(listeners(EventType.PRE_INSERT)).isEqualTo(1);
        assertThat(listeners(EventType.PRE_DELETE)).isZero();
    }
}
