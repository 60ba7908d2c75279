package dev.regista.solr;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a core is, and who asks for it. Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param nodes hosts with their ports, at least one
 * @param path of Solr on these hosts, with a slash in front; may be empty
 * @param core the core or collection
 * @param user for basic authentication
 * @param password for basic authentication
 */
record SolrTarget(
        String scheme,
        List<String> nodes,
        String path,
        String core,
        @Nullable String user,
        @Nullable Secret password) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Where Solr itself is on its server, so that it cannot be all there is. */
    private static final String CONTEXT = "solr";

    /** As Solr has them, which leaves nothing to escape. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");

    private static final String EXAMPLE = ", such as http://localhost:8983/solr/products";

    SolrTarget {
        nodes = List.copyOf(nodes);
    }

    static SolrTarget of(DatabaseUrl url) {
        List<String> problems = new ArrayList<>();
        if (!SCHEMES.contains(url.scheme())) {
            problems.add("the URL of a Solr core begins with http:// or https://, not " + url.scheme() + "://");
        }
        if (url.host().isEmpty()) {
            problems.add("the URL has no host" + EXAMPLE);
        }
        if (!url.parameters().isEmpty()) {
            problems.add("the URL of a Solr core has no parameters; these are not known: "
                    + String.join(", ", url.parameters().keySet()));
        }
        List<String> path = Arrays.stream(url.path().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (path.isEmpty() || path.equals(List.of(CONTEXT))) {
            problems.add("the URL names no core or collection: it ends its path" + EXAMPLE);
        } else if (!path.stream().allMatch(segment -> NAME.matcher(segment).matches())) {
            problems.add(
                    "the path of the URL must have letters, digits, '_', '.' and '-' only, not '" + url.path() + "'");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        int last = path.size() - 1;
        return new SolrTarget(
                url.scheme(),
                nodes(url),
                last == 0 ? "" : "/" + String.join("/", path.subList(0, last)),
                path.get(last),
                url.user().orElse(null),
                url.password().orElse(null));
    }

    private static List<String> nodes(DatabaseUrl url) {
        if (url.host().contains(",")) {
            return Arrays.stream(url.host().split(","))
                    .map(String::strip)
                    .filter(node -> !node.isEmpty())
                    .toList();
        }
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return List.of(url.port().isPresent() ? host + ":" + url.port().getAsInt() : host);
    }

    SolrTarget withCredentials(@Nullable String otherUser, @Nullable Secret otherPassword) {
        return new SolrTarget(
                scheme,
                nodes,
                path,
                core,
                otherUser == null ? user : otherUser,
                otherPassword == null ? password : otherPassword);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (password != null && user == null) {
            problems.add("there is a password, but no user");
        }
        if (user != null && password == null) {
            problems.add("there is a user, but no password");
        }
        if (user != null && user.contains(":")) {
            problems.add("basic authentication has no way to send a user with a colon in it");
        }
        return problems;
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Returns where Solr is on each node, without the core. */
    List<String> servers() {
        return nodes.stream().map(node -> scheme + "://" + node + path).toList();
    }

    /** Returns the URL, without credentials. */
    @Override
    public String toString() {
        return scheme + "://" + String.join(",", nodes) + path + "/" + core;
    }
}
