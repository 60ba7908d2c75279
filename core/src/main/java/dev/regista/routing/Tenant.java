package dev.regista.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant for the units of work in a block of code that state none: {@code Tenant.of("acme").run(() -> service.work())}.
 * Blocks nest; the inner one holds. Only tenant models follow it. See {@link Routing} for other threads.
 */
public final class Tenant {
    private static final Tenant NONE = new Tenant(null);

    private final @Nullable String name;

    private Tenant(@Nullable String name) {
        this.name = name;
    }

    /**
     * A tenant by its name. Whether it exists is seen when a unit of work needs it.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static Tenant of(String name) {
        return new Tenant(Routing.checked("tenant", name));
    }

    /** No tenant, for a block inside one that has one. */
    public static Tenant none() {
        return NONE;
    }

    /** Returns the name of the tenant that holds on this thread now, if there is one. */
    public static Optional<String> current() {
        return Routing.capture().tenant();
    }

    /**
     * Runs something with this tenant.
     *
     * @throws X what it threw
     */
    public <X extends Exception> void run(Block.OfNothing<X> block) throws X {
        Routing.capture().withTenant(name).<X>run(block);
    }

    /**
     * Runs something with this tenant and returns its result.
     *
     * @throws X what it threw
     */
    public <T extends @Nullable Object, X extends Exception> T call(Block<? extends T, X> block) throws X {
        return Routing.capture().withTenant(name).<T, X>call(block);
    }

    /** Returns the name in words. */
    @Override
    public String toString() {
        return name == null ? "no tenant" : "tenant '" + name + "'";
    }
}
