/** Migrates all databases of a registry, and all their tenants, in one run. */
@NullMarked
package dev.regista.migrations.fleet;

import org.jspecify.annotations.NullMarked;
