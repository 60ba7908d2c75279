package dev.regista.neo4j;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, or the members of a cluster, as the driver wants to be told. Immutable; has no credentials.
 *
 * @param uri for the driver: the first member, without what the scheme says about encryption
 * @param members all members that are named; one, unless the driver routes
 * @param encryption what the scheme says; {@code null} if it says nothing
 * @param text the URL for people
 */
record Neo4jAddress(URI uri, List<URI> members, @Nullable Encryption encryption, String text) {
    private static final int DEFAULT_PORT = 7687;

    static Neo4jAddress of(DatabaseUrl url) {
        String scheme = url.scheme();
        if (!scheme.equals("bolt") && !scheme.equals("neo4j")) {
            throw new ConfigurationException(
                    "'" + scheme + "' is not the scheme of a Neo4j database; there are: bolt, bolt+s, bolt+ssc, neo4j,"
                            + " neo4j+s, neo4j+ssc");
        }
        boolean routes = scheme.equals("neo4j");
        if (!routes && !url.parameters().isEmpty()) {
            throw new ConfigurationException(
                    "parameters in the URL are for routing, which bolt:// does not do; use neo4j://");
        }
        List<URI> members = members(url);
        if (!routes && members.size() > 1) {
            throw new ConfigurationException("several hosts are for routing, which bolt:// does not do; use neo4j://");
        }
        return new Neo4jAddress(members.get(0), members, encryption(url), text(url));
    }

    boolean routes() {
        return uri.getScheme().equals("neo4j");
    }

    private static @Nullable Encryption encryption(DatabaseUrl url) {
        return switch (url.suffix()) {
            case "" -> null;
            case "s" -> Encryption.VERIFIED;
            case "ssc" -> Encryption.UNVERIFIED;
            default ->
                throw new ConfigurationException("'+" + url.suffix()
                        + "' says nothing about a Neo4j database; there are +s, with a verified certificate, and +ssc,"
                        + " with any certificate");
        };
    }

    private static List<URI> members(DatabaseUrl url) {
        List<URI> members = new ArrayList<>();
        boolean isIpV6 = url.host().contains(":") && !url.host().contains(",");
        for (String host : isIpV6 ? List.of(url.host()) : List.of(url.host().split(",", -1))) {
            members.add(member(url, isIpV6 ? "[" + host + "]" : host));
        }
        return List.copyOf(members);
    }

    /** Does not show the host: where a URL was misread, it is a part of the password. */
    private static URI member(DatabaseUrl url, String host) {
        try {
            boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
            String authority = hasPort ? host : host + ":" + url.port().orElse(DEFAULT_PORT);
            URI uri = new URI(url.scheme(), authority, null, query(url.parameters()), null);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // as a URI without a host
        }
        throw new ConfigurationException("there is no host in the URL, or one that is no host name or address");
    }

    private static @Nullable String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? null
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
    }

    private static String text(DatabaseUrl url) {
        String text = url.toString();
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, text.indexOf("://") + 3) + text.substring(at + 1);
    }
}
