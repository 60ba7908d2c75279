/** What a registry knows of its models: {@link dev.regista.model.Models} is the entry. */
@NullMarked
package dev.regista.model;

import org.jspecify.annotations.NullMarked;
