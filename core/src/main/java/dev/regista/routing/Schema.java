package dev.regista.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schema for the units of work in a block of code that state none: {@code Schema.of("archive").run(() -> service.work())}.
 * Blocks nest; the inner one holds. Ordinary models that name no schema of their own follow it; tenant models do not. See
 * {@link Routing} for other threads.
 */
public final class Schema {
    private static final Schema NONE = new Schema(null);

    private final @Nullable String name;

    private Schema(@Nullable String name) {
        this.name = name;
    }

    /**
     * A schema by its name. Whether it exists is seen when a unit of work needs it.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static Schema of(String name) {
        return new Schema(Routing.checked("schema", name));
    }

    /** No schema, for a block inside one that has one. */
    public static Schema none() {
        return NONE;
    }

    /** Returns the name of the schema that holds on this thread now, if there is one. */
    public static Optional<String> current() {
        return Routing.capture().schema();
    }

    /**
     * Runs something with this schema.
     *
     * @throws X what it threw
     */
    public <X extends Exception> void run(Block.OfNothing<X> block) throws X {
        Routing.capture().withSchema(name).<X>run(block);
    }

    /**
     * Runs something with this schema and returns its result.
     *
     * @throws X what it threw
     */
    public <T extends @Nullable Object, X extends Exception> T call(Block<? extends T, X> block) throws X {
        return Routing.capture().withSchema(name).<T, X>call(block);
    }

    /** Returns the name in words. */
    @Override
    public String toString() {
        return name == null ? "no schema" : "schema '" + name + "'";
    }
}
