package dev.regista.routing;

import io.micrometer.context.ThreadLocalAccessor;

/**
 * Hands {@link Routing} to Micrometer's context propagation, so that its snapshots carry the tenant and the schema to other
 * threads. Its {@code ContextRegistry} finds this by itself. Nothing else in Regista needs that library.
 *
 * <p>A snapshot taken without a tenant or a schema carries that too, as {@link Routing#capture()} does: in its scope there
 * is none.
 */
public final class RoutingThreadLocalAccessor implements ThreadLocalAccessor<Routing> {
    /** Names the value in a snapshot. */
    public static final String KEY = "dev.regista.routing";

    /** For the service loader. */
    public RoutingThreadLocalAccessor() {}

    /** Returns {@link #KEY}. */
    @Override
    public Object key() {
        return KEY;
    }

    /** Returns what holds on this thread now. */
    @Override
    public Routing getValue() {
        return Routing.capture();
    }

    /** Makes this thread as it was where the value was captured. */
    @Override
    public void setValue(Routing value) {
        Routing.set(value);
    }

    /** Leaves this thread without a tenant and without a schema. */
    @Override
    public void setValue() {
        Routing.set(null);
    }
}
