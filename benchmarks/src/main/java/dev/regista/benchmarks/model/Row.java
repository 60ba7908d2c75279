package dev.regista.benchmarks.model;

import org.jspecify.annotations.Nullable;

/** A row of the table of {@link Item}, whoever maps it. */
public interface Row {
    /** Returns the id; null before the row is inserted. */
    @Nullable
    Long id();

    /** Returns the name. */
    String name();
}
