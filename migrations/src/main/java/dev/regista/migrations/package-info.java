/** Migrations of SQL databases and their tenants: generated, up and down. */
@NullMarked
package dev.regista.migrations;

import org.jspecify.annotations.NullMarked;
