package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.benchmarks.model.ItemType;
import dev.regista.benchmarks.model.TypedItem;
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
 * rows in two tables, with a foreign key and five indexes more: most of it is the server's work. How much, and what is
 * left to save, the same rows in the same two tables say that are mapped by hand, without content types.
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
        SqlDatabase byHand = closing(target.regista()
                .models(TypedItem.class, ItemType.class)
                .schema("hand")
                .createTables(true)
                .open("by-hand"));
        Callable<?> empty = () -> {
            target.execute("truncate plain.Item, typed.Item, typed.contenttypes, hand.TypedItem, hand.ItemType");
            return true;
        };
        enter("one without", () -> insert(without, 1), empty);
        enter("one", () -> insert(with, 1), empty);
        enter("many without", () -> insert(without, MANY), empty);
        enter("many", () -> insert(with, MANY), empty);
        enter("many by hand", () -> insertByHand(byHand), empty);
        enter("stateless many without", () -> insertStateless(without), empty);
        enter("stateless many", () -> insertStateless(with), empty);
        enter("stateless many by hand", () -> insertStatelessByHand(byHand), empty);
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

    private static int insertByHand(SqlDatabase database) {
        return database.call(session -> {
            typedItems().forEach(session::persist);
            return MANY;
        });
    }

    private static int insertStatelessByHand(SqlDatabase database) {
        return database.stateless().call(session -> {
            List<TypedItem> items = typedItems();
            session.insertMultiple(items.stream().map(TypedItem::type).toList());
            session.insertMultiple(items);
            return MANY;
        });
    }

    private static List<TypedItem> typedItems() {
        return IntStream.range(0, MANY).mapToObj(TypedItem::numbered).toList();
    }

    private static List<Item> items(int count) {
        return IntStream.range(0, count).mapToObj(Item::numbered).toList();
    }
}
