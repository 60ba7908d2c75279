package dev.regista.examples.quickstart;

import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.sql.SqlDatabase;
import java.io.PrintStream;
import java.util.List;

/** Opens two embedded databases, writes, reads, and rolls one unit of work back, saying what it does. */
public final class Demo {
    private final PrintStream out;

    Demo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; takes no arguments. */
    public static void main(String[] args) {
        new Demo(System.out).run();
    }

    void run() {
        say("Opening a registry with two embedded databases: main (H2) and analytics (SQLite)");
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class).createTables(true))
                .extra(
                        "analytics",
                        SqlDatabase.at("jdbc:sqlite::memory:")
                                .models(Event.class)
                                .createTables(true))
                .open()) {
            registry.databases().values().forEach(database -> say("  open: " + database));
            use(registry);
            say("Closing the registry: both pools are drained and closed");
        }
        say("Done");
    }

    private void use(Registry registry) {
        SqlDatabase main = registry.main(SqlDatabase.class);
        SqlDatabase analytics = registry.database("analytics", SqlDatabase.class);

        say("Writing two customers to main, in one unit of work");
        main.run(session -> {
            session.persist(new Customer("Ada"));
            session.persist(new Customer("Grace"));
        });

        say("Writing an event to analytics: " + registry.databaseOf(Event.class).name() + " is where Event lives");
        analytics.run(session -> session.persist(new Event("two customers signed up")));

        say("Reading them back, without a transaction");
        List<Customer> customers = main.read(session ->
                session.createQuery("from Customer order by id", Customer.class).getResultList());
        customers.forEach(customer -> say("  customer " + customer.id() + ": " + customer.name()));
        say("  events: " + analytics.read(Demo::countEvents));

        say("Writing a third customer in a unit of work that fails");
        try {
            main.run(session -> {
                session.persist(new Customer("Mallory"));
                session.flush();
                throw new IllegalStateException("the card was declined");
            });
        } catch (IllegalStateException e) {
            say("  the caller gets the original exception: " + e.getMessage());
        }
        say("  customers now: " + main.read(Demo::countCustomers) + ", the third was rolled back");

        say("Asking for a database that does not exist");
        try {
            registry.database("analytcs");
        } catch (UnknownDatabaseException e) {
            say("  " + e.getMessage());
        }
    }

    private static Long countCustomers(org.hibernate.Session session) {
        return session.createQuery("select count(*) from Customer", Long.class).getSingleResult();
    }

    private static Long countEvents(org.hibernate.Session session) {
        return session.createQuery("select count(*) from Event", Long.class).getSingleResult();
    }

    private void say(String line) {
        out.println(line);
    }
}
