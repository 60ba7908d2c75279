/** A registry from configuration: {@link dev.regista.config.Regista} is the entry. */
@NullMarked
package dev.regista.config;

import org.jspecify.annotations.NullMarked;
