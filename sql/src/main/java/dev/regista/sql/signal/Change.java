package dev.regista.sql.signal;

import org.jspecify.annotations.Nullable;

/**
 * An attribute that is written.
 *
 * @param before what the row had; {@code null} also for a row that is new, and where it is not known
 * @param after what it gets
 * @param isKnown whether {@code before} is known: not for a stateless session, nor for an object that has been attached
 *     without being read
 */
public record Change(@Nullable Object before, @Nullable Object after, boolean isKnown) {}
