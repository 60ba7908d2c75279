package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What does it cost to insert 10,000 new entities in one unit of work?
 *
 * <p>{@code bin/bench bulk}
 *
 * <p>Ids come from a sequence. Regista: {@code persist} for each, with its defaults. JDBC: by hand, with the ids by one query
 * and batches of a thousand, the fastest of four ways that were tried, over a driver that may rewrite batches
 * ({@code reWriteBatchedInserts}, which Regista switches on too). Ebean: {@code saveAll} in one transaction with batches of a
 * thousand, over the same driver as JDBC. Spring: {@code saveAll} of a Spring Data repository, with
 * Boot's defaults. Making the objects is part of the time; emptying the table is not.
 */
public class BulkBenchmark extends Contest {
    private static final int ENTITIES = 10_000;

    /** Made by JMH. */
    public BulkBenchmark() {
        super(1);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase regista =
                closing(target.regista().models(Item.class).createTables(true).open("regista"));
        HikariDataSource rewriting = closing(target.pool());
        rewriting.addDataSourceProperty("reWriteBatchedInserts", "true");
        JdbcPeer jdbc = new JdbcPeer(rewriting);
        HikariDataSource forEbean = closing(target.pool());
        forEbean.addDataSourceProperty("reWriteBatchedInserts", "true");
        // As its own pool hands connections out; it commits each block of ids.
        forEbean.setAutoCommit(false);
        EbeanPeer ebean = closing(EbeanPeer.over(forEbean));
        SpringPeer spring = closing(SpringPeer.start(target));
        Callable<?> empty = () -> {
            target.execute("truncate Item");
            return true;
        };

        enter(
                "regista",
                () -> regista.call(session -> {
                    items().forEach(session::persist);
                    return ENTITIES;
                }),
                empty);
        enter(
                "regista stateless",
                () -> regista.stateless().call(session -> {
                    session.insertMultiple(items());
                    return ENTITIES;
                }),
                empty);
        enter("jdbc", () -> jdbc.insert(items()), empty);
        enter("ebean", () -> ebean.saveAll(items()), empty);
        enter(
                "spring",
                () -> {
                    spring.saveAll(items());
                    return ENTITIES;
                },
                empty);
    }

    private static List<Item> items() {
        return IntStream.range(0, ENTITIES).mapToObj(Item::numbered).toList();
    }
}
