package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.SessionFactory;
import org.jdbi.v3.core.Jdbi;

/**
 * What does it cost to find one entity by its id, over what JDBC costs, and beside the usual ways?
 *
 * <p>{@code bin/bench find}
 *
 * <p>One thread, a thousand rows that are all in memory, one connection in use. Regista: {@code read} and {@code call}. JDBC:
 * by hand over HikariCP, in auto-commit and in a transaction. Hibernate: {@code fromTransaction}. Spring: a
 * {@code @Transactional} service method with and without {@code readOnly}, as Boot configures it. Ebean: {@code find} by
 * itself and in a transaction. Jdbi: {@code withHandle} with a row mapper. All use the same driver, HikariCP and Hibernate.
 */
public class FindBenchmark extends Contest {
    private static final int ROWS = 1_000;

    /** Made by JMH. */
    public FindBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase regista =
                closing(target.regista().models(Item.class).createTables(true).open("regista"));
        target.execute(Item.rows("public", ROWS), "vacuum analyze Item");
        JdbcPeer jdbc = new JdbcPeer(closing(target.pool()));
        SessionFactory hibernate = closing(HibernatePeer.plain(closing(target.pool()), List.of(Item.class)));
        SpringPeer.Items spring = closing(SpringPeer.start(target)).items();
        EbeanPeer ebean = closing(EbeanPeer.over(closing(target.pool())));
        Jdbi jdbi = Jdbi.create(closing(target.pool()));

        enter("regista read", () -> regista.read(session -> session.find(Item.class, anyId())));
        enter("regista call", () -> regista.call(session -> session.find(Item.class, anyId())));
        enter("jdbc", () -> jdbc.read(anyId()));
        enter("jdbc transaction", () -> jdbc.call(anyId()));
        enter("hibernate", () -> hibernate.fromTransaction(session -> session.find(Item.class, anyId())));
        enter("spring read-only", () -> spring.read(anyId()));
        enter("spring", () -> spring.call(anyId()));
        enter("ebean", () -> ebean.read(anyId()));
        enter("ebean transaction", () -> ebean.call(anyId()));
        enter(
                "jdbi",
                () -> jdbi.withHandle(handle -> handle.createQuery(JdbcPeer.SELECT + ":id")
                        .bind("id", anyId())
                        .map((row, context) -> JdbcPeer.item(row))
                        .one()));
    }

    private static long anyId() {
        return ThreadLocalRandom.current().nextLong(ROWS) + 1;
    }
}
