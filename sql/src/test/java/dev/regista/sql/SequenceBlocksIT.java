package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids from sequences: all different, none left out, and few queries for many. */
@ExtendWith(LeakChecker.class)
class SequenceBlocksIT {
    private static final AtomicInteger TITLES = new AtomicInteger();

    private static SqlDatabase opened(SqlDatabaseBuilder settings) {
        SqlDatabase database =
                settings.models(Book.class, Review.class).createTables(true).build("main");
        database.connect();
        return database;
    }

    private static List<Long> insert(SqlDatabase database, int count) {
        List<Book> books = books(count);
        database.run(session -> books.forEach(session::persist));
        return books.stream().map(book -> book.id).toList();
    }

    private static List<Book> books(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Book("Book " + TITLES.incrementAndGet()))
                .toList();
    }

    private static List<Long> from(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"POSTGRES", "MARIADB", "H2"})
    void idsFollowEachOtherFromUnitToUnit(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = opened(fresh.at())) {
            assertThat(insert(database, 1)).isEqualTo(from(1, 1));
            assertThat(insert(database, 3_000)).isEqualTo(from(2, 3_001));
            assertThat(insert(database, 400)).isEqualTo(from(3_002, 3_401));
        }
    }

    @Test
    void idsFollowEachOtherWhereABlockBeginsWithWhatTheSequenceSays() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = opened(
                        fresh.at().hibernateProperty(AvailableSettings.PREFERRED_POOLED_OPTIMIZER, "pooled-lo"))) {
            assertThat(insert(database, 1_000)).isEqualTo(from(1, 1_000));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"POSTGRES", "MARIADB"})
    void noIdIsGivenTwiceByThreadsOfTwoProcesses(Store store) throws Exception {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase one = opened(fresh.at());
                SqlDatabase other = opened(fresh.at())) {
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Future<List<Long>>> inserted = new ArrayList<>();
                for (int unit = 0; unit < 24; unit++) {
                    SqlDatabase database = unit % 2 == 0 ? one : other;
                    int count = unit * 17 % 300 + 1;
                    inserted.add(threads.submit(() -> insert(database, count)));
                }
                List<Long> ids = new ArrayList<>();
                for (Future<List<Long>> unit : inserted) {
                    ids.addAll(unit.get());
                }
                assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(2_000);
                assertThat(one.<Long, RuntimeException>read(Book::count)).isEqualTo(ids.size());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void manyIdsTakeFewQueries() {
        try (TestDatabase postgres = TestServers.postgres().newDatabase()) {
            opened(Store.server(postgres).at()).close();
            try (StatementLog log = TestServers.postgres().recordStatements(postgres);
                    SqlDatabase database = opened(Store.server(postgres).at())) {
                log.clear();
                insert(database, 3_000);
                // 1 + 2 + 4 + 8 + 16 + 32 blocks of 50
                assertThat(queries(log)).hasSize(6);

                log.clear();
                insert(database, 1);
                assertThat(queries(log)).isEmpty();
            }
        }
    }

    private static Collection<String> queries(StatementLog log) {
        return log.statements().stream()
                .filter(statement -> statement.contains("nextval"))
                .toList();
    }

    @Test
    void aSequenceThatBeginsAgainDoesNotMeetIdsOfBefore() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = opened(fresh.at())) {
            insert(database, 1_000);
            database.run(
                    session -> session.getSessionFactory().getSchemaManager().truncateMappedObjects());

            assertThat(new HashSet<>(insert(database, 4_000))).hasSize(4_000).contains(1L, 4_000L);
        }
    }

    @Test
    void eachTenantHasItsOwn() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database =
                        fresh.at().tenantModels(Book.class, Review.class).build("main")) {
            database.connect();
            database.tenants().create("acme");
            database.tenants().create("globex");
            List<Long> acme = new ArrayList<>();
            List<Long> globex = new ArrayList<>();
            for (int unit = 0; unit < 4; unit++) {
                acme.addAll(inTenant(database, "acme", 150));
                globex.addAll(inTenant(database, "globex", 70));
            }
            assertThat(acme).isEqualTo(from(1, 600));
            assertThat(globex).isEqualTo(from(1, 280));

            database.tenants().drop("acme");
            database.tenants().create("acme");
            assertThat(inTenant(database, "acme", 60)).isEqualTo(from(1, 60));
        }
    }

    private static List<Long> inTenant(SqlDatabase database, String tenant, int count) {
        List<Book> books = books(count);
        database.tenant(tenant).run(session -> books.forEach(session::persist));
        return books.stream().map(book -> book.id).toList();
    }
}
