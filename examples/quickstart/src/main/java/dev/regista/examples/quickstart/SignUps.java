package dev.regista.examples.quickstart;

import dev.regista.sql.SqlDatabase;
import java.util.List;

/** A service: signs customers up, all of a group or none, and notes it. */
final class SignUps {
    private final SqlDatabase main;
    private final Customers customers;
    private final Events events;

    SignUps(SqlDatabase main, Customers customers, Events events) {
        this.main = main;
        this.customers = customers;
        this.events = events;
    }

    /** Signs a group up. The data access joins the unit of work that begins here. */
    void signUp(List<String> names) {
        main.run(session -> {
            names.forEach(customers::add);
            if (names.contains("Mallory")) {
                throw new IllegalStateException("the card was declined");
            }
        });
        events.add(names.size() + " customers signed up");
    }
}
