package dev.regista.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Connections that appear at test servers after a moment. Compares identities, not numbers: a connection of an earlier
 * test that closes meanwhile must not hide a new one.
 */
record ConnectionLeaks(Set<String> before) {

    static ConnectionLeaks since() {
        return new ConnectionLeaks(TestServers.started().stream()
                .flatMap(server -> server.connections().stream().map(connection -> key(server, connection)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    List<String> find() {
        return TestServers.started().stream()
                .flatMap(server -> server.connections().stream()
                        .filter(connection -> !before.contains(key(server, connection)))
                        .map(connection -> "connection to " + server.name() + ": " + connection.description()))
                .toList();
    }

    private static String key(SqlServer server, ServerConnection connection) {
        return server.name() + " " + connection.id();
    }
}
