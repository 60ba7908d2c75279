package dev.regista.examples.quickstart;

import dev.regista.ConfigurationException;
import dev.regista.UnknownDatabaseException;
import dev.regista.config.Regista;
import dev.regista.config.RegistryLoader;
import java.io.PrintStream;
import java.util.List;

/**
 * Opens the two embedded databases of {@code regista.yaml}, writes, reads, and rolls one unit of work back, saying what it
 * does.
 */
public final class Demo {
    private final PrintStream out;
    private final RegistryLoader configuration;

    Demo(PrintStream out, RegistryLoader configuration) {
        this.out = out;
        this.configuration = configuration;
    }

    /** Runs the demonstration; {@code --describe} prints the configuration instead. */
    public static void main(String[] args) {
        Demo demo = new Demo(System.out, Regista.loadResource("regista.yaml"));
        if (args.length == 0) {
            demo.run();
        } else if (List.of(args).equals(List.of("--describe"))) {
            demo.describe();
        } else {
            System.err.println("usage: demo [--describe]");
            System.exit(2);
        }
    }

    void describe() {
        out.print(configuration.describe());
    }

    void run() {
        say("Opening the databases of regista.yaml");
        try (Shop shop = new Shop(configuration, this::say)) {
            shop.databases().forEach(database -> say("  open: " + database));
            use(shop);
            say("Closing the registry: listeners in reverse, then both pools are drained and closed");
        }
        say("Done");
    }

    private void use(Shop shop) {
        say("Signing two customers up: one unit of work in main");
        shop.signUps.signUp(List.of("Ada", "Grace"));
        say("  the event went to " + shop.registry.databaseOf(Event.class).name() + ", where Event lives");

        say("Reading them back, without a transaction");
        shop.customers.all().forEach(customer -> say("  customer " + customer.id() + ": " + customer.name()));
        say("  events: " + shop.events.count());

        say("Signing up two more, one of whom cannot pay");
        try {
            shop.signUps.signUp(List.of("Barbara", "Mallory"));
        } catch (IllegalStateException e) {
            say("  the caller gets the original exception: " + e.getMessage());
        }
        say("  customers now: " + shop.customers.count() + ", the unit of work was rolled back; events: "
                + shop.events.count());

        say("Asking for a database that does not exist");
        try {
            shop.registry.database("analytcs");
        } catch (UnknownDatabaseException e) {
            say("  " + e.getMessage());
        }

        say("Starting with a spelling mistake in the configuration");
        try {
            Regista.loadResource("regista.yaml")
                    .property("regista.databases.main.create-tabels", "true")
                    .build();
        } catch (ConfigurationException e) {
            say("  " + e.getMessage());
        }
    }

    private void say(String line) {
        out.println(line);
    }
}
