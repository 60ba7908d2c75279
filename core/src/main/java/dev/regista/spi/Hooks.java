package dev.regista.spi;

import dev.regista.callback.Hook;
import java.util.function.Supplier;

/** Runs the hooks of one database on the database itself, which is not there yet when this is made. */
record Hooks<D>(DatabaseSettings<D> settings, Supplier<D> self) {
    /** Stops at the first that fails. */
    void opened() throws Exception {
        for (Hook<? super D> hook : settings.openHooks()) {
            hook.run(self.get());
        }
    }

    /** Runs all, whatever fails. */
    void closing() throws Exception {
        Failures failures = new Failures();
        for (Hook<? super D> hook : settings.closeHooks()) {
            failures.attempt(() -> hook.run(self.get()));
        }
        failures.throwIfAny();
    }
}
