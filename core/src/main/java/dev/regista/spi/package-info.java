/**
 * What a kind of database implements: extend {@link dev.regista.spi.AbstractDatabase}, hand out a
 * {@link dev.regista.spi.Backend} when opened, and a {@link dev.regista.spi.Unit} for each unit of work. Life cycle,
 * reference counting, joining, retries and error handling come with the base class.
 */
@NullMarked
package dev.regista.spi;

import org.jspecify.annotations.NullMarked;
