/**
 * Test support: real database servers, faults on the network, and a checker that fails a test which leaves threads,
 * connections or resources behind.
 *
 * <p>{@link dev.regista.testing.TestServers} starts PostgreSQL and MariaDB without anything installed.
 * {@link dev.regista.testing.FaultyServer} stands between a client and a server and misbehaves on demand.
 * {@link dev.regista.testing.LeakChecker} is a JUnit Jupiter extension.
 */
@NullMarked
package dev.regista.testing;

import org.jspecify.annotations.NullMarked;
