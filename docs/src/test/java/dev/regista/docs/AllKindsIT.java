package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Entry;
import dev.regista.Database;
import dev.regista.Database.Status;
import dev.regista.DatabaseDownException;
import dev.regista.NotOpenException;
import dev.regista.OpenFailedException;
import dev.regista.Registry;
import dev.regista.RegistryBuilder;
import dev.regista.RollbackOnlyException;
import dev.regista.Secret;
import dev.regista.UnknownDatabaseException;
import dev.regista.WrongTypeException;
import dev.regista.neo4j.Neo4jDatabase;
import dev.regista.neo4j.PoolSettings;
import dev.regista.solr.SolrDatabase;
import dev.regista.solr.SolrServer;
import dev.regista.solr.SolrSession;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import dev.regista.testing.neo4j.Neo4jServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrInputDocument;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.TransactionContext;

/** SQL, Neo4j, Solr and the kind of the guide in one registry: what holds for each of them, on its server. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(LeakChecker.class)
class AllKindsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase sql = TestServers.postgres().newDatabase();
    private final Neo4jServer neo4j = Neo4jServer.shared();
    private final SolrServer solr = SolrServer.shared();
    private LdapServer ldap;
    private List<Kind<?>> kinds;

    /** A kind of database with a server. */
    private abstract static class Kind<S> {
        final String name;
        final String host;
        final int port;
        final String password;
        private final Class<S> session;

        Kind(String name, String url, String password, Class<S> session) {
            URI uri = URI.create(url);
            this.name = name;
            this.host = uri.getHost();
            this.port = uri.getPort();
            this.password = password;
            this.session = session;
        }

        abstract AbstractDatabaseBuilder<?, ?> at(String where, String withPassword);

        abstract void write(S session, String key) throws Exception;

        abstract boolean exists(S session, String key) throws Exception;

        AbstractDatabaseBuilder<?, ?> builder() {
            return at(host + ":" + port, password);
        }

        Database<S> in(Registry registry) {
            return registry.database(name).as(session);
        }

        void write(Database<?> database, String key) throws Exception {
            database.as(session).run(unit -> write(unit, key));
        }

        boolean exists(Database<?> database, String key) throws Exception {
            return database.as(session).<Boolean, Exception>read(unit -> exists(unit, key));
        }

        /** Writes, then waits, then ends. */
        void writeSlowly(Database<?> database, String key, CountDownLatch written, CountDownLatch end)
                throws Exception {
            database.as(session).run(unit -> {
                write(unit, key);
                written.countDown();
                assertThat(end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            });
        }

        /** Swallows what a joined unit fails with. */
        void swallow(Database<?> database, String key) throws Exception {
            database.as(session).run(outer -> {
                write(outer, key);
                assertThatThrownBy(() -> database.run(inner -> {
                            throw new IOException("of the work");
                        }))
                        .isInstanceOf(IOException.class);
            });
        }

        void fail(Database<?> database, String key, IOException failure) throws Exception {
            database.as(session).run(unit -> {
                write(unit, key);
                throw failure;
            });
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final class Sql extends Kind<Session> {
        Sql() {
            super("sql", sql.url().substring("jdbc:".length()), sql.password(), Session.class);
        }

        @Override
        AbstractDatabaseBuilder<?, ?> at(String where, String withPassword) {
            return SqlDatabase.at("jdbc:postgresql://" + where + "/" + sql.name())
                    .user(sql.user())
                    .password(withPassword)
                    .models(Customer.class)
                    .createTables(true);
        }

        @Override
        void write(Session session, String key) {
            session.persist(new Customer(key));
        }

        @Override
        boolean exists(Session session, String key) {
            return !session.createSelectionQuery("from Customer where name = :name", Customer.class)
                    .setParameter("name", key)
                    .getResultList()
                    .isEmpty();
        }
    }

    private final class Graph extends Kind<TransactionContext> {
        Graph() {
            super("graph", neo4j.url(), neo4j.password(), TransactionContext.class);
        }

        @Override
        AbstractDatabaseBuilder<?, ?> at(String where, String withPassword) {
            return Neo4jDatabase.at("bolt://" + where)
                    .user(neo4j.user())
                    .password(withPassword)
                    // A limit would leave a thread of the driver behind for a while.
                    .pool(PoolSettings.ofSize(4).withWaitLimit(Duration.ZERO));
        }

        @Override
        void write(TransactionContext tx, String key) {
            tx.run("CREATE (:Thing {key: $key})", Map.of("key", key));
        }

        @Override
        boolean exists(TransactionContext tx, String key) {
            return tx.run("MATCH (t:Thing {key: $key}) RETURN t", Map.of("key", key))
                    .hasNext();
        }
    }

    private final class Search extends Kind<SolrSession> {
        Search() {
            super("search", solr.url(), solr.password(), SolrSession.class);
        }

        @Override
        AbstractDatabaseBuilder<?, ?> at(String where, String withPassword) {
            return SolrDatabase.at("http://" + where + "/solr/products")
                    .user(solr.user())
                    .password(withPassword);
        }

        @Override
        void write(SolrSession session, String key) throws Exception {
            session.add(new SolrInputDocument("id", key));
        }

        @Override
        boolean exists(SolrSession session, String key) throws Exception {
            return session.find(key).isPresent();
        }
    }

    private final class People extends Kind<LdapKind.Session> {
        People() {
            super("people", ldap.url(), LdapServer.PASSWORD, LdapKind.Session.class);
        }

        @Override
        AbstractDatabaseBuilder<?, ?> at(String where, String withPassword) {
            return LdapKind.at("ldap://" + where, LdapServer.USER, Secret.of(withPassword));
        }

        @Override
        void write(LdapKind.Session session, String key) throws Exception {
            session.add(new Entry("dn: uid=" + key + ",dc=shop", "objectClass: account", "uid: " + key));
        }

        @Override
        boolean exists(LdapKind.Session session, String key) throws Exception {
            return session.find("uid=" + key + ",dc=shop").isPresent();
        }
    }

    @BeforeAll
    void start() throws Exception {
        ldap = new LdapServer();
        kinds = List.of(new Sql(), new Graph(), new Search(), new People());
    }

    @BeforeEach
    void empty() {
        solr.clear();
    }

    @AfterAll
    void stop() {
        try (Neo4jDatabase graph = Neo4jDatabase.at(neo4j.url())
                .user(neo4j.user())
                .password(neo4j.password())
                .open("graph")) {
            graph.run(tx -> tx.run("MATCH (t:Thing) DELETE t"));
        }
        ldap.close();
        sql.close();
    }

    private List<Kind<?>> mains() {
        return List.of(kinds.get(1), kinds.get(2));
    }

    private Registry registry() {
        return registry(kinds.get(0));
    }

    /** All of them by their names, and one of them once more as the main database. */
    private Registry registry(Kind<?> main) {
        RegistryBuilder builder = Registry.builder();
        if (main.name.equals("sql")) {
            // A model lives in one database.
            builder.main(SqlDatabase.at("jdbc:h2:mem:main"));
        } else {
            builder.main(main.builder());
        }
        kinds.forEach(kind -> builder.extra(kind.name, kind.builder()));
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("mains")
    void anyKindMayBeTheMainDatabase(Kind<?> main) throws Exception {
        Registry registry = registry(main);
        assertThat(registry.databases().values()).extracting(Database::status).containsOnly(Status.CLOSED);
        for (int time = 1; time <= 2; time++) {
            registry.connect();
            assertThat(registry.databases().values())
                    .extracting(Database::status)
                    .containsOnly(Status.OPEN);
            String key = main.name + "-main-" + time;
            main.write(registry.main(), key);
            assertThat(main.exists(main.in(registry), key)).isTrue();
            registry.disconnect();
            assertThat(registry.databases().values())
                    .extracting(Database::status)
                    .containsOnly(Status.CLOSED);
        }
        assertThatThrownBy(() -> main.write(registry.main(), "late"))
                .isInstanceOf(NotOpenException.class)
                .hasMessageContaining("'main'");
    }

    @Test
    void unitsOfWorkEndTheSameWay() throws Exception {
        try (Registry registry = registry()) {
            registry.connect();
            for (Kind<?> kind : kinds) {
                Database<?> database = kind.in(registry);
                kind.write(database, "written");
                assertThat(kind.exists(database, "written")).as(kind.name).isTrue();

                IOException failure = new IOException("of the work");
                assertThatThrownBy(() -> kind.fail(database, "failed", failure))
                        .as(kind.name)
                        .isSameAs(failure);
                assertThatThrownBy(() -> kind.swallow(database, "swallowed"))
                        .as(kind.name)
                        .isInstanceOf(RollbackOnlyException.class)
                        .hasCauseInstanceOf(IOException.class);
                assertThat(kind.exists(database, "failed")).as(kind.name).isFalse();
                assertThat(kind.exists(database, "swallowed")).as(kind.name).isFalse();
                assertThat(database.holders()).as(kind.name).isEmpty();

                assertThatThrownBy(() -> database.as(StringBuilder.class))
                        .as(kind.name)
                        .isInstanceOf(WrongTypeException.class)
                        .hasMessageContaining("'" + kind.name + "'");
            }
        }
    }

    @Test
    void oneThatIsInUseIsRemovedWhenTheWorkHasEnded() throws Exception {
        try (Registry registry = registry()) {
            registry.connect();
            for (Kind<?> kind : kinds) {
                Database<?> database = kind.in(registry);
                CountDownLatch written = new CountDownLatch(1);
                CountDownLatch end = new CountDownLatch(1);
                CompletableFuture<Void> working = async(() -> kind.writeSlowly(database, "slow", written, end));
                assertThat(written.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                CompletableFuture<Void> removing = async(() -> registry.remove(kind.name));
                await().atMost(PATIENCE).until(() -> database.status() == Status.CLOSING);

                assertThatThrownBy(() -> registry.database(kind.name))
                        .as(kind.name)
                        .isInstanceOf(UnknownDatabaseException.class);
                assertThatThrownBy(() -> kind.write(database, "late"))
                        .as(kind.name)
                        .isInstanceOf(NotOpenException.class);
                assertThat(removing).as(kind.name).isNotDone();
                end.countDown();

                working.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                removing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(database.status()).as(kind.name).isEqualTo(Status.CLOSED);
                assertThat(kind.exists(registry.add(kind.name, kind.builder()), "slow"))
                        .as(kind.name)
                        .isTrue();
            }
        }
    }

    @Test
    void oneThatNeedNotBeUpComesUpLater() throws Exception {
        Map<Kind<?>, FaultyServer> ways = new LinkedHashMap<>();
        RegistryBuilder builder = Registry.builder().main(SqlDatabase.at("jdbc:h2:mem:main"));
        for (Kind<?> kind : kinds) {
            FaultyServer way = FaultyServer.forwardingTo(kind.host, kind.port);
            ways.put(kind, way);
            way.refuse();
            builder.extra(
                    kind.name,
                    kind.at(way.host() + ":" + way.port(), kind.password).required(false));
        }
        try (Registry registry = builder.open()) {
            for (Kind<?> kind : kinds) {
                assertThat(kind.in(registry).status()).as(kind.name).isEqualTo(Status.DOWN);
                Throwable down = catchThrowable(() -> kind.write(kind.in(registry), "down"));
                assertThat(down)
                        .as(kind.name)
                        .isInstanceOf(DatabaseDownException.class)
                        .hasMessageContaining("'" + kind.name + "'");
                assertNoPassword(down, registry);
            }
            ways.values().forEach(FaultyServer::restore);
            for (Kind<?> kind : kinds) {
                await().atMost(PATIENCE).until(() -> kind.in(registry).isOpen());
                kind.write(kind.in(registry), "up");
                assertThat(kind.exists(kind.in(registry), "up")).as(kind.name).isTrue();
            }
        } finally {
            ways.values().forEach(FaultyServer::close);
        }
    }

    @Test
    void noPasswordIsEverSaid() throws Exception {
        for (Kind<?> kind : kinds) {
            String wrong = "planted-wrong-password";
            Registry registry = Registry.builder()
                    .main(kind.at(kind.host + ":" + kind.port, wrong))
                    .build();
            Throwable refused = catchThrowable(registry::connect);
            assertThat(refused)
                    .as(kind.name)
                    .isInstanceOf(OpenFailedException.class)
                    .hasMessageContaining("'main'");
            assertThat(trace(refused) + registry + registry.main())
                    .as(kind.name)
                    .doesNotContain(wrong);
        }
        try (Registry registry = registry()) {
            registry.connect();
            for (Kind<?> kind : kinds) {
                Throwable failed = catchThrowable(() -> kind.swallow(kind.in(registry), "said"));
                assertNoPassword(failed, registry);
            }
        }
    }

    private void assertNoPassword(Throwable failure, Registry registry) {
        String said = trace(failure)
                + registry
                + registry.databases()
                + kinds.stream()
                        .map(kind -> kind.builder() + " " + kind.in(registry)
                                + kind.in(registry).holders())
                        .toList();
        kinds.forEach(kind -> assertThat(said).as(kind.name).doesNotContain(kind.password));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private interface Task {
        void run() throws Exception;
    }

    /** On a thread of its own. */
    private static CompletableFuture<Void> async(Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                runnable -> new Thread(runnable, "all-kinds").start());
    }
}
