/** What a kind of database says about its block of a configuration file: its options, and how they become a builder. */
@NullMarked
package dev.regista.spi.config;

import org.jspecify.annotations.NullMarked;
