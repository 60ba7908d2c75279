package dev.regista.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has been asked for while reading: by which environment variables it could be set, and which values were found. */
final class Asked {
    private final Set<String> variables = new HashSet<>();
    private final Map<String, String> values = new TreeMap<>();

    void variable(String name) {
        variables.add(name);
    }

    void value(Key key, String value) {
        values.put(key.dashed().property(), value);
    }

    boolean hasVariable(String name) {
        return variables.contains(name);
    }

    Set<String> variables() {
        return variables;
    }

    /** Returns a text that is equal for equal values below a key, and from which they cannot be told. */
    String fingerprint(Key above, Set<String> but) {
        String start = above.dashed().property() + ".";
        StringBuilder all = new StringBuilder();
        values.forEach((key, value) -> {
            if (key.startsWith(start) && !but.contains(key.substring(start.length()))) {
                all.append(key.substring(start.length()))
                        .append('\0')
                        .append(value)
                        .append('\0');
            }
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
