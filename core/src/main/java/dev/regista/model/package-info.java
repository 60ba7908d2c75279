/** What is common to models, whatever kind of database they live in. */
@NullMarked
package dev.regista.model;

import org.jspecify.annotations.NullMarked;
