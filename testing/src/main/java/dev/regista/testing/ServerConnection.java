package dev.regista.testing;

import java.util.List;
import java.util.stream.Collectors;

/** A client connection as its server sees it; the id is never used twice while the server runs. */
record ServerConnection(String id, String database, String description) {

    static String list(List<ServerConnection> connections) {
        return connections.stream()
                .map(connection -> "\n  - " + connection.description())
                .collect(Collectors.joining());
    }
}
