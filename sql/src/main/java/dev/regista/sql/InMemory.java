package dev.regista.sql;

import java.util.Locale;

/** Whether a database lives in this process only, and then for how long. */
enum InMemory {
    /** It does not; connections may come and go. */
    NO,
    /** As long as any connection is open: one is kept while the database is. */
    WHILE_CONNECTED,
    /** Each connection has a database of its own: there must be exactly one, for ever. */
    PER_CONNECTION;

    static InMemory of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:h2:mem:")) {
            return lower.startsWith("jdbc:h2:mem:;") || lower.equals("jdbc:h2:mem:") ? PER_CONNECTION : WHILE_CONNECTED;
        }
        if (lower.startsWith("jdbc:sqlite:")) {
            String file = lower.substring("jdbc:sqlite:".length());
            boolean inMemory = file.contains(":memory:") || file.contains("mode=memory");
            if (inMemory && file.contains("cache=shared")) {
                return WHILE_CONNECTED;
            }
            return inMemory || file.isEmpty() || file.startsWith("?") ? PER_CONNECTION : NO;
        }
        return NO;
    }
}
