package dev.regista.benchmarks;

import dev.regista.benchmarks.ebean.EbeanItem;
import dev.regista.benchmarks.model.Item;
import io.ebean.Database;
import io.ebean.Transaction;
import io.ebean.config.DatabaseConfig;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Ebean over a pool that it is given, with its own defaults. */
record EbeanPeer(Database database) implements AutoCloseable {
    /** How many rows a batch has, and how many ids it asks for at once: its default of 20 is for few rows. */
    private static final int BATCH = 1_000;

    static EbeanPeer over(DataSource pool) {
        DatabaseConfig config = new DatabaseConfig();
        config.name("peer")
                .register(false)
                .defaultDatabase(false)
                .loadModuleInfo(false)
                .disableClasspathSearch(true)
                .databaseSequenceBatchSize(BATCH)
                .dataSource(pool);
        config.addClass(EbeanItem.class);
        return new EbeanPeer(config.build());
    }

    /** Without a transaction. */
    @Nullable
    EbeanItem read(long id) {
        return database.find(EbeanItem.class, id);
    }

    /** In a transaction. */
    @Nullable
    EbeanItem call(long id) {
        try (Transaction transaction = database.beginTransaction()) {
            EbeanItem item = database.find(EbeanItem.class, id);
            transaction.commit();
            return item;
        }
    }

    int saveAll(List<Item> items) {
        List<EbeanItem> own = items.stream().map(EbeanItem::new).toList();
        try (Transaction transaction = database.beginTransaction()) {
            transaction.setBatchMode(true);
            transaction.setBatchSize(BATCH);
            database.saveAll(own);
            transaction.commit();
        }
        return own.size();
    }

    @Override
    public void close() {
        // The pool is closed by whoever opened it.
        database.shutdown(false, false);
    }
}
