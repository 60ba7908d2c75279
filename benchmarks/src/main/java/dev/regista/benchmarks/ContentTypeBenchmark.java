package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What does it cost that rows have content types: to insert one, and to insert 1,000 in one unit of work?
 *
 * <p>{@code bin/bench content-types}
 *
 * <p>The same entity in two databases on one server, with and without content types. An insert with a content type is two
 * rows in two tables, with a foreign key and two unique indexes more.
 */
public class ContentTypeBenchmark extends Contest {
    private static final int MANY = 1_000;

    /** Made by JMH. */
    public ContentTypeBenchmark() {
        super(1);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase without = closing(target.regista()
                .models(Item.class)
                .schema("plain")
                .createTables(true)
                .open("without"));
        SqlDatabase with = closing(target.regista()
                .models(Item.class)
                .schema("typed")
                .contentTypes()
                .createTables(true)
                .open("with"));
        Callable<?> empty = () -> {
            target.execute("truncate plain.Item, typed.Item, typed.contenttypes");
            return true;
        };
        enter("one without", () -> insert(without, 1), empty);
        enter("one", () -> insert(with, 1), empty);
        enter("many without", () -> insert(without, MANY), empty);
        enter("many", () -> insert(with, MANY), empty);
        enter("stateless many without", () -> insertStateless(without), empty);
        enter("stateless many", () -> insertStateless(with), empty);
    }

    private static int insert(SqlDatabase database, int count) {
        return database.call(session -> {
            items(count).forEach(session::persist);
            return count;
        });
    }

    private static int insertStateless(SqlDatabase database) {
        return database.stateless().call(session -> {
            session.insertMultiple(items(MANY));
            return MANY;
        });
    }

    private static List<Item> items(int count) {
        return IntStream.range(0, count).mapToObj(Item::numbered).toList();
    }
}
