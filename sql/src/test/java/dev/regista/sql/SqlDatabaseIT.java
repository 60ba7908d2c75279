package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.regista.Connection;
import dev.regista.Isolation;
import dev.regista.Registry;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A SQL database as a whole: laziness, reuse, in-memory life, snapshots, logging, other drivers. */
@ExtendWith(LeakChecker.class)
class SqlDatabaseIT {
    @Test
    void theSessionFactoryIsBuiltOnceAlsoWhenManyAskAtTheSameTime() throws Exception {
        try (SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:once")
                .models(Book.class, Review.class)
                .build("main")) {
            database.connect();
            Set<SessionFactory> seen = ConcurrentHashMap.newKeySet();
            CyclicBarrier together = new CyclicBarrier(8);
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i -> new Thread(() -> {
                        try {
                            together.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        seen.add(database.sessionFactory());
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(30_000);
            }

            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void aReopenedDatabaseHasANewPoolAndANewSessionFactory() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh()) {
            SqlDatabase database = fresh.at()
                    .models(Book.class, Review.class)
                    .createTables(true)
                    .build("main");
            database.connect();
            SessionFactory first = database.sessionFactory();
            database.run(session -> session.persist(new Book("Emma")));
            database.disconnect();
            assertThat(first.isClosed()).isTrue();

            database.connect();
            assertThat(database.sessionFactory()).isNotSameAs(first);
            assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
            database.disconnect();
        }
    }

    @Test
    void anInMemoryDatabaseLivesExactlyAsLongAsItIsOpen() {
        for (String url :
                List.of("jdbc:h2:mem:living", "jdbc:sqlite:file:living?mode=memory&cache=shared", "jdbc:sqlite:")) {
            SqlDatabase database = SqlDatabase.at(url)
                    .models(Book.class, Review.class)
                    .createTables(true)
                    .build("main");
            database.connect();
            database.run(session -> session.persist(new Book("Emma")));
            assertThat(database.<Long, RuntimeException>read(Book::count))
                    .as(url)
                    .isEqualTo(1);
            database.disconnect();
            database.connect();
            assertThat(database.<Long, RuntimeException>read(Book::count))
                    .as(url)
                    .isZero();
            database.disconnect();
        }
    }

    @Test
    void aSnapshotSeesOneInstantWhereAReadSeesSeveral() {
        for (Store store : List.of(Store.POSTGRES, Store.MARIADB)) {
            try (Store.Fresh fresh = store.fresh();
                    SqlDatabase database = fresh.at()
                            .models(Book.class, Review.class)
                            .createTables(true)
                            .build("main")) {
                database.connect();
                long inSnapshot = database.snapshot(session -> {
                    assertThat(Book.count(session)).isZero();
                    database.requiresNew().run(other -> other.persist(new Book("Emma")));
                    return Book.count(session);
                });
                long inRead = database.read(session -> {
                    assertThat(Book.count(session)).isEqualTo(1);
                    database.requiresNew().run(other -> other.persist(new Book("Persuasion")));
                    return Book.count(session);
                });

                assertThat(inSnapshot).as(store + ": a snapshot").isZero();
                assertThat(inRead).as(store + ": a read").isEqualTo(2);
                assertThatThrownBy(() -> database.jdbc().readOnly().run(connection -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.executeUpdate("delete from Book");
                            }
                        }))
                        .as(store + " refuses writes in a read-only transaction")
                        .isInstanceOf(SQLException.class);
                assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(2);
            }
        }
    }

    @Test
    void theDefaultIsolationOfADatabaseHoldsForUnitsThatStateNone() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database =
                        fresh.at().isolation(Isolation.SERIALIZABLE).build("main")) {
            database.connect();
            assertThat(isolation(database.jdbc().get())).isEqualTo("serializable");
            assertThat(isolation(
                            database.jdbc().isolation(Isolation.READ_COMMITTED).get()))
                    .isEqualTo("read committed");
            assertThat(isolation(database.jdbc().get())).isEqualTo("serializable");
        }
    }

    @Test
    void queriesAreLoggedWithTheirBindValuesOnlyOnRequest() {
        assertThat(logged(false, false)).isEmpty();
        assertThat(logged(true, false))
                .anyMatch(line -> line.contains("insert into") && line.contains("Book"))
                .noneMatch(line -> line.contains("Sense and Sensibility"));
        assertThat(logged(true, true)).anyMatch(line -> line.contains("Sense and Sensibility"));
    }

    @Test
    void aConnectionClosedWithoutACommitSaysSoOnlyIfSomethingWasWritten() {
        try (SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:lost")
                .models(Book.class, Review.class)
                .createTables(true)
                .build("main")) {
            database.connect();
            ListAppender<ILoggingEvent> log = listen("dev.regista.Connection");
            try (Connection<Session> reading = database.get()) {
                Book.count(reading.session());
            }
            assertThat(log.list).isEmpty();
            try (Connection<Session> writing = database.get()) {
                writing.session().persist(new Book("pending only"));
            }
            try (Connection<Session> writing = database.get()) {
                writing.session().createMutationQuery("delete from Book").executeUpdate();
            }
            assertThat(log.list)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getFormattedMessage())
                            .contains("'main'")
                            .contains("without a commit"));
            forget("dev.regista.Connection", log);
        }
    }

    @Test
    void aDataSourceServesAsWellAsAUrl() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:given;DB_CLOSE_DELAY=-1");
        try (SqlDatabase database = SqlDatabase.at(h2)
                .models(Book.class, Review.class)
                .createTables(true)
                .build("main")) {
            database.connect();
            database.run(session -> session.persist(new Book("Emma")));
            assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
            assertThat(database.url()).contains("JdbcDataSource");
            database.dropAll();
        }
    }

    @Test
    void theMySqlDriverTalksToAServerOfItsProtocol() throws SQLException {
        try (TestDatabase server = TestServers.mariadb().newDatabase();
                SqlDatabase database = SqlDatabase.at(server.url()
                                .replace("jdbc:mariadb:", "jdbc:mysql:")
                                .replaceFirst("\\?.*", ""))
                        .user(server.user())
                        .password(server.password())
                        .driverProperty("sslMode", "DISABLED")
                        .build("main")) {
            database.connect();
            database.jdbc().run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create table things (id int primary key)");
                    statement.execute("insert into things values (1), (2)");
                }
            });
            assertThat(database.jdbc().<Long, SQLException>snapshot(connection -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet row = statement.executeQuery("select count(*) from things")) {
                            row.next();
                            return row.getLong(1);
                        }
                    }))
                    .isEqualTo(2);
        }
    }

    @Test
    void twoDatabasesInOneUnitCommitEachOnItsOwn() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                Registry registry = Registry.builder()
                        .main(SqlDatabase.at("jdbc:h2:mem:first")
                                .models(Book.class, Review.class)
                                .createTables(true))
                        .extra("second", fresh.at().models(TablesIT.Plain.class).createTables(true))
                        .open()) {
            SqlDatabase first = registry.main(SqlDatabase.class);
            SqlDatabase second = registry.databaseOf(TablesIT.Plain.class, SqlDatabase.class);
            assertThatThrownBy(() -> first.run(session -> {
                        session.persist(new Book("Emma"));
                        second.run(other -> other.persist(new TablesIT.Plain(1)));
                        throw new IllegalStateException("after the second has committed");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(first.<Long, RuntimeException>read(Book::count)).isZero();
            assertThat(second.<TablesIT.Plain, RuntimeException>read(session -> session.find(TablesIT.Plain.class, 1)))
                    .isNotNull();
        }
    }

    private static String isolation(Connection<java.sql.Connection> unit) {
        try (unit;
                Statement statement = unit.session().createStatement();
                ResultSet row = statement.executeQuery("show transaction_isolation")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> logged(boolean queries, boolean values) {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.regista.sql.query");
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
        ListAppender<ILoggingEvent> log = listen("dev.regista.sql.query");
        try (SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:logged")
                .models(Book.class, Review.class)
                .createTables(true)
                .logQueries(queries)
                .logBindValues(values)
                .build("main")) {
            database.connect();
            database.run(session -> session.persist(new Book("Sense and Sensibility")));
        }
        forget("dev.regista.sql.query", log);
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ListAppender<ILoggingEvent> listen(String name) {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        ((Logger) LoggerFactory.getLogger(name)).addAppender(appender);
        return appender;
    }

    private static void forget(String name, ListAppender<ILoggingEvent> appender) {
        ((Logger) LoggerFactory.getLogger(name)).detachAppender(appender);
    }
}
