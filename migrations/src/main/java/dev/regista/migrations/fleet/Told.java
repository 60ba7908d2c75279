package dev.regista.migrations.fleet;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners; what they throw stops nobody. */
final class Told {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final List<FleetListener> listeners;

    Told(List<FleetListener> listeners) {
        this.listeners = listeners;
    }

    void begin(int schemas) {
        tell(listener -> listener.begin(schemas));
    }

    void finished(SchemaResult result) {
        tell(listener -> listener.finished(result));
    }

    private void tell(Consumer<FleetListener> event) {
        for (FleetListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed", e);
            }
        }
    }
}
