package dev.regista.neo4j;

import dev.regista.Secret;
import dev.regista.spi.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Neo4jDatabase} can be told beyond what every kind can. Immutable; the constructor checks. */
record Neo4jSettings(
        Neo4jAddress address,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable Secret token,
        @Nullable String database,
        @Nullable Encryption statedEncryption,
        @Nullable Path certificateFile,
        int fetchSize,
        PoolSettings pool) {
    Neo4jSettings {
        List<String> problems = new ArrayList<>(pool.problems());
        if (user == null && password != null) {
            problems.add("there is a password, but no user");
        }
        if (user != null && password == null) {
            problems.add("there is a user, but no password");
        }
        if (token != null && (user != null || password != null)) {
            problems.add("there are a token and a user or password; it must be one of them");
        }
        if (database != null && database.isBlank()) {
            problems.add("the name of the database is blank; leave it out for the user's home database");
        }
        if (statedEncryption != null && address.encryption() != null && statedEncryption != address.encryption()) {
            problems.add("the URL '" + address.text() + "' and the encryption " + statedEncryption
                    + " contradict each other");
        }
        if (certificateFile != null && encryption(address, statedEncryption) != Encryption.VERIFIED) {
            problems.add("a certificate file is of use only with the encryption " + Encryption.VERIFIED);
        }
        if (fetchSize < 1) {
            problems.add("the fetch size must be at least 1, not " + fetchSize);
        }
        DatabaseSettings.throwIfAny(problems);
    }

    Encryption encryption() {
        return encryption(address, statedEncryption);
    }

    private static Encryption encryption(Neo4jAddress address, @Nullable Encryption stated) {
        if (stated != null) {
            return stated;
        }
        Encryption ofScheme = address.encryption();
        return ofScheme == null ? Encryption.NONE : ofScheme;
    }
}
