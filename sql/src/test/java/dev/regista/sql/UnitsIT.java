package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Connection;
import dev.regista.IncompatibleUnitException;
import dev.regista.Isolation;
import dev.regista.RollbackOnlyException;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.TransactionRequiredException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What SQL units of work do beyond what every kind does. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class UnitsIT {
    @Parameter
    Store store;

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

    private long books() {
        return database.<Long, RuntimeException>read(Book::count);
    }

    private void add(String title) {
        database.run(session -> session.persist(new Book(title)));
    }

    @Test
    void whatWasLoadedStaysReadableAfterTheUnit() {
        Book created = database.call(session -> {
            Book book = new Book("Emma");
            session.persist(book);
            return book;
        });

        assertThat(created.id).isPositive();
        assertThat(database.read(session -> session.find(Book.class, created.id)).title)
                .isEqualTo("Emma");
    }

    @Test
    void aViolationFoundOnlyAtTheEndArrivesAsItselfAndRollsBack() {
        add("Emma");

        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Book("Persuasion"));
                    session.persist(new Book("Emma"));
                }))
                .isInstanceOf(violation());
        assertThat(books()).isEqualTo(1);
        assertThat(database.pool().active()).isZero();
    }

    @Test
    void aConnectionWithoutACommitIsUndone() {
        try (Connection<Session> connection = database.get()) {
            connection.session().persist(new Book("Emma"));
            connection.session().flush();
        }

        assertThat(books()).isZero();
    }

    @Test
    void theWorkMayCommitAndCloseTheSessionByHand() {
        try (Connection<Session> connection = database.get()) {
            connection.session().persist(new Book("Emma"));
            connection.session().getTransaction().commit();
            connection.session().close();
        }
        database.run(session -> {
            session.persist(new Book("Persuasion"));
            session.getTransaction().commit();
        });

        assertThat(books()).isEqualTo(2);
    }

    @Test
    void aReadRefusesToAddObjectsAndWritesNothing() {
        assertThatThrownBy(() -> database.read(session -> {
                    session.persist(new Book("Emma"));
                    return null;
                }))
                .isInstanceOf(IncompatibleUnitException.class);
        assertThatThrownBy(() -> database.read(session ->
                        session.createMutationQuery("delete from Book").executeUpdate()))
                .isInstanceOf(TransactionRequiredException.class);
        assertThat(books()).isZero();
    }

    @Test
    void aReadDoesNotWriteWhatItChanged() {
        add("Emma");
        database.read(session -> {
            session.createSelectionQuery("from Book", Book.class).getSingleResult().title = "changed";
            return null;
        });

        assertThat(database.<List<Book>, RuntimeException>read(session ->
                        session.createSelectionQuery("from Book", Book.class).getResultList()))
                .extracting(book -> book.title)
                .containsExactly("Emma");
    }

    @Test
    void statelessAndPlainJdbcUnitsJoinTheSameTransaction() throws SQLException {
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Book("one"));
                    database.stateless().run(stateless -> {
                        assertThat(Book.count(stateless))
                                .as("sees what is pending outside")
                                .isEqualTo(1);
                        stateless.insert(new Book("two"));
                    });
                    database.jdbc().run(connection -> {
                        assertThat(count(connection)).isEqualTo(2);
                        execute(connection, "update Book set sold = 9");
                    });
                    database.run(again -> assertThat(again).isSameAs(session));
                    assertThat(database.pool().active()).isEqualTo(1);
                    throw new IllegalStateException("undo all");
                }))
                .hasMessage("undo all");
        assertThat(books()).isZero();
    }

    @Test
    void sessionsJoinAPlainJdbcUnit() throws SQLException {
        add("Emma");
        database.jdbc().run(connection -> {
            execute(connection, "update Book set sold = 5");
            database.run(session -> {
                Book book =
                        session.createSelectionQuery("from Book", Book.class).getSingleResult();
                assertThat(book.sold).isEqualTo(5);
                book.sold = 6;
            });
            assertThat(database.pool().active()).isEqualTo(1);
        });

        assertThat(database.<List<Integer>, RuntimeException>read(
                        session -> session.createSelectionQuery("select sold from Book", Integer.class)
                                .getResultList()))
                .containsExactly(6);
    }

    @Test
    void aPlainJdbcUnitRollsBackWhenItFails() {
        add("Emma");

        assertThatThrownBy(() -> database.jdbc().run(connection -> {
                    execute(connection, "delete from Book");
                    throw new SQLException("changed my mind");
                }))
                .isInstanceOf(SQLException.class);
        assertThat(books()).isEqualTo(1);
    }

    @Test
    void thePlainConnectionCannotDecideTheOutcome() throws SQLException {
        database.jdbc().run(connection -> {
            assertThatThrownBy(connection::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(connection::rollback).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(IllegalStateException.class);
            connection.close();
            assertThat(connection.isClosed()).isFalse();
            assertThat(count(connection)).isZero();
        });
    }

    @Test
    void aStatelessUnitInsertsInBulk() {
        database.stateless().run(stateless -> {
            for (int i = 0; i < 200; i++) {
                stateless.insert(new Book("book " + i));
            }
        });

        assertThat(books()).isEqualTo(200);
    }

    @Test
    void aNestedUnitIsUndoneAloneAndLeavesTheOuterObjectsAlone() {
        database.run(session -> {
            Book outer = new Book("outer");
            session.persist(outer);
            assertThatThrownBy(() -> database.nested().run(inner -> {
                        assertThat(inner).isNotSameAs(session);
                        inner.persist(new Book("inner"));
                        inner.flush();
                        throw new IllegalStateException("only the inner one");
                    }))
                    .hasMessage("only the inner one");
            database.nested().run(inner -> inner.persist(new Book("second inner")));
            database.nested().run(inner -> database.nested().run(innermost -> innermost.persist(new Book("third"))));
            outer.sold = 3;
        });

        assertThat(database.<List<String>, RuntimeException>read(session -> session.createSelectionQuery(
                                "select title || ' ' || cast(sold as string) from Book order by title", String.class)
                        .getResultList()))
                .containsExactly("outer 3", "second inner 0", "third 0");
    }

    @Test
    void aNestedUnitCanFailOnAConstraintAndTheOuterGoesOn() {
        add("Emma");
        database.run(session -> {
            assertThatThrownBy(() -> database.nested().run(inner -> inner.persist(new Book("Emma"))))
                    .isInstanceOf(violation());
            session.persist(new Book("Persuasion"));
        });

        assertThat(books()).isEqualTo(2);
    }

    @Test
    void aSwallowedFailureOfAJoinedUnitDoomsTheWhole() {
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Book("Emma"));
                    try {
                        database.jdbc().run(connection -> execute(connection, "nonsense"));
                    } catch (SQLException swallowed) {
                        assertThat(swallowed.getMessage()).isNotEmpty();
                    }
                }))
                .isInstanceOf(RollbackOnlyException.class)
                .hasCauseInstanceOf(SQLException.class);
        assertThat(books()).isZero();
    }

    @Test
    void aSwallowedFailureOfTheSessionDoomsTheUnitAloud() {
        add("Emma");

        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Book("Persuasion"));
                    session.flush();
                    session.persist(new Book("Emma"));
                    assertThatThrownBy(session::flush).isInstanceOf(violation());
                }))
                .isInstanceOf(RollbackOnlyException.class);
        assertThat(books()).isEqualTo(1);
    }

    @Test
    void aSessionClosedByTheWorkWithoutACommitIsAnError() {
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Book("Emma"));
                    session.close();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(books()).isZero();
    }

    @Test
    void aUnitOfItsOwnCommitsWhateverHappensToTheSurroundingRead() {
        database.read(session -> {
            database.requiresNew().run(own -> own.persist(new Book("Emma")));
            return null;
        });

        assertThat(books()).isEqualTo(1);
    }

    @Test
    void lostUpdatesAreRefusedAndRetriedFromTheBeginning() throws Exception {
        add("Emma");
        AtomicInteger attempts = new AtomicInteger();
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        Runnable increment =
                () -> database.isolation(Isolation.SERIALIZABLE).retrying(20).run(session -> {
                    attempts.incrementAndGet();
                    int sold = session.createSelectionQuery("select sold from Book", Integer.class)
                            .getSingleResult();
                    if (store != Store.SQLITE && store != Store.H2 && attempts.get() <= 2) {
                        meet(bothHaveRead);
                    }
                    session.createMutationQuery("update Book set sold = :sold")
                            .setParameter("sold", sold + 1)
                            .executeUpdate();
                });
        CompletableFuture.allOf(onAThreadOfItsOwn(increment), onAThreadOfItsOwn(increment))
                .get(60, TimeUnit.SECONDS);

        assertThat(database.<Integer, RuntimeException>read(
                        session -> session.createSelectionQuery("select sold from Book", Integer.class)
                                .getSingleResult()))
                .isEqualTo(2);
        if (store == Store.POSTGRES || store == Store.MARIADB) {
            assertThat(attempts.get()).as("one of the two was refused").isGreaterThan(2);
        }
    }

    @Test
    void noStatementIsBegunAfterTheTimeLimitOfAUnit() {
        add("Emma");
        Duration limit = Duration.ofSeconds(1); // Hibernate counts in seconds where something may be written
        Duration shorter = Duration.ofMillis(300);

        assertThatThrownBy(() -> database.timeout(limit).run(session -> {
                    session.find(Book.class, 1L);
                    awaitAfter(limit.plusMillis(100));
                    session.createSelectionQuery("from Book", Book.class).getResultList();
                }))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> database.timeout(shorter).read(session -> {
                    Book.count(session);
                    awaitAfter(shorter.plusMillis(100));
                    return session.createSelectionQuery("from Book", Book.class).getResultList();
                }))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> database.jdbc().timeout(shorter).run(connection -> {
                    awaitAfter(shorter.plusMillis(100));
                    count(connection);
                }))
                .isInstanceOf(SQLTimeoutException.class);
        assertThat(books()).isEqualTo(1);
        assertThat(database.pool().active()).isZero();
    }

    /** Hibernate's SQLite dialect cannot tell which constraint a batch violated. */
    private Class<? extends JDBCException> violation() {
        return store == Store.SQLITE ? JDBCException.class : ConstraintViolationException.class;
    }

    /** The common pool may have a single thread, on which two that wait for each other never meet. */
    static CompletableFuture<Void> onAThreadOfItsOwn(Runnable task) {
        return CompletableFuture.runAsync(task, each -> new Thread(each).start());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitAfter(Duration time) {
        Awaitility.await().pollDelay(time).until(() -> true);
    }

    private static long count(java.sql.Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from Book")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(java.sql.Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
