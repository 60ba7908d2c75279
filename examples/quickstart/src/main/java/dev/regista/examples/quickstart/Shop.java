package dev.regista.examples.quickstart;

import dev.regista.Registry;
import dev.regista.config.RegistryLoader;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.function.Consumer;

/**
 * The application: data access and services over the databases of a configuration. It opens them, tells its listeners, and
 * closes everything again.
 */
final class Shop implements AutoCloseable {
    final Registry registry;
    final Customers customers;
    final Events events;
    final SignUps signUps;

    /**
     * Opens the shop.
     *
     * @param configuration where its databases are
     * @param log gets a line when something opens or closes
     */
    Shop(RegistryLoader configuration, Consumer<String> log) {
        this.registry = configuration
                .builder()
                .onOpen(opened -> log.accept("  listener 1: ready"))
                .onClose(closing -> log.accept("  listener 1: goodbye"))
                .onOpen(opened -> log.accept("  listener 2: ready"))
                .onClose(closing -> log.accept("  listener 2: goodbye"))
                .open();
        SqlDatabase main = registry.main(SqlDatabase.class);
        this.customers = new Customers(main);
        this.events = new Events(registry.databaseOf(Event.class, SqlDatabase.class));
        this.signUps = new SignUps(main, customers, events);
    }

    /** Returns what is open. */
    List<String> databases() {
        return registry.databases().values().stream().map(Object::toString).toList();
    }

    @Override
    public void close() {
        registry.close();
    }
}
