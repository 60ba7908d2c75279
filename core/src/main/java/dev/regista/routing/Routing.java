package dev.regista.routing;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The tenant and the schema that hold for the units of work of a thread which state none. Immutable; what is in force is
 * kept per thread, set by {@link Tenant} and {@link Schema}, and restored at the end of their block, also by an exception.
 *
 * <p>Another thread starts with none, whoever started it: nothing is inherited. To hand it on, capture it:
 *
 * <pre>{@code
 * Executor inTenant = Routing.capture().wrap(executor);
 * inTenant.execute(() -> service.work()); // with the tenant and the schema of the thread that captured
 * }</pre>
 */
public final class Routing {
    private static final Routing NONE = new Routing(null, null);
    private static final ThreadLocal<@Nullable Routing> CURRENT = new ThreadLocal<>();

    private final @Nullable String tenant;
    private final @Nullable String schema;

    private Routing(@Nullable String tenant, @Nullable String schema) {
        this.tenant = tenant;
        this.schema = schema;
    }

    /** Returns what holds on this thread now. */
    public static Routing capture() {
        Routing current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** Returns the name of the tenant, if there is one. */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /** Returns the name of the schema, if there is one. */
    public Optional<String> schema() {
        return Optional.ofNullable(schema);
    }

    /**
     * Runs something on this thread as if it were where this was captured; what held before is restored at its end.
     *
     * @throws X what it threw
     */
    public <X extends Exception> void run(Block.OfNothing<X> block) throws X {
        this.<Boolean, X>call(() -> {
            block.run();
            return true;
        });
    }

    /**
     * Runs something on this thread as if it were where this was captured, and returns its result; what held before is
     * restored at its end.
     *
     * @throws X what it threw
     */
    public <T extends @Nullable Object, X extends Exception> T call(Block<? extends T, X> block) throws X {
        Routing before = CURRENT.get();
        set(this);
        try {
            return block.run();
        } finally {
            set(before);
        }
    }

    /** Returns a task that does what another does, as if it were where this was captured. */
    public Runnable wrap(Runnable task) {
        Objects.requireNonNull(task, "task");
        return () -> this.<RuntimeException>run(task::run);
    }

    /** Returns a task that does what another does, as if it were where this was captured. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        return () -> this.<T, Exception>call(task::call);
    }

    /** Returns an executor that runs each task as if it were where this was captured. */
    public Executor wrap(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return task -> executor.execute(wrap(task));
    }

    Routing withTenant(@Nullable String name) {
        return new Routing(name, schema);
    }

    Routing withSchema(@Nullable String name) {
        return new Routing(tenant, name);
    }

    static void set(@Nullable Routing routing) {
        if (routing == null || routing == NONE) {
            CURRENT.remove();
        } else {
            CURRENT.set(routing);
        }
    }

    static String checked(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a " + what + " must not be blank");
        }
        return name;
    }

    /** Returns what holds, such as {@code tenant 'acme', no schema}. */
    @Override
    public String toString() {
        return (tenant == null ? "no tenant" : "tenant '" + tenant + "'") + ", "
                + (schema == null ? "no schema" : "schema '" + schema + "'");
    }
}
