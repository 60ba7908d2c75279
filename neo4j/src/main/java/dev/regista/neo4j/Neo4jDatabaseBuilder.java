package dev.regista.neo4j;

import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import dev.regista.spi.AbstractDatabaseBuilder;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link Neo4jDatabase}. Not safe for use by several threads. */
public final class Neo4jDatabaseBuilder extends AbstractDatabaseBuilder<Neo4jDatabase, Neo4jDatabaseBuilder> {
    private static final int DEFAULT_FETCH_SIZE = 1000;

    private final Neo4jAddress address;
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable Secret token;
    private @Nullable String database;
    private @Nullable Encryption encryption;
    private @Nullable Path certificateFile;
    private int fetchSize = DEFAULT_FETCH_SIZE;
    private PoolSettings pool = PoolSettings.DEFAULT;

    Neo4jDatabaseBuilder(DatabaseUrl url) {
        this.address = Neo4jAddress.of(url);
        this.user = url.user().orElse(null);
        this.password = url.password().orElse(null);
        this.database = url.path().isEmpty() ? null : url.path();
    }

    /** Sets the user. Default: the one in the URL; without one, and without a token, nobody logs in. */
    public Neo4jDatabaseBuilder user(String name) {
        this.user = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets the password; needs a user. Default: the one in the URL, if any. */
    public Neo4jDatabaseBuilder password(String value) {
        return password(Secret.of(value));
    }

    /**
     * Sets the password; needs a user. Default: the one in the URL, if any.
     *
     * @param secret revealed when the database is opened, and again when the server refuses what was revealed before, so
     *     that one made from a supplier can be rotated: the unit of work that notices goes on with the new password
     */
    public Neo4jDatabaseBuilder password(Secret secret) {
        this.password = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** Sets a bearer token, as identity providers issue them, in place of a user and a password. Default: none. */
    public Neo4jDatabaseBuilder token(String value) {
        return token(Secret.of(value));
    }

    /**
     * Sets a bearer token, as identity providers issue them, in place of a user and a password. Default: none.
     *
     * @param secret revealed as a {@linkplain #password(Secret) password} is, and also when the server says that the token
     *     has expired
     */
    public Neo4jDatabaseBuilder token(Secret secret) {
        this.token = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** Sets the name of the database on the server. Default: the path of the URL, or else the user's home database. */
    public Neo4jDatabaseBuilder database(String name) {
        this.database = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets how connections are encrypted. Default: as the scheme of the URL says it; it must not say something else. */
    public Neo4jDatabaseBuilder encryption(Encryption kind) {
        this.encryption = Objects.requireNonNull(kind, "kind");
        return this;
    }

    /**
     * Sets the certificates to trust, in place of those that the system trusts. Needs {@link Encryption#VERIFIED}. Default:
     * none.
     *
     * @param file with X.509 certificates in PEM form, of servers or of authorities; read when the database is opened
     */
    public Neo4jDatabaseBuilder certificateFile(Path file) {
        this.certificateFile = Objects.requireNonNull(file, "file");
        return this;
    }

    /**
     * How many records of a result are fetched at a time. Default: 1000.
     *
     * @param records at least 1
     */
    public Neo4jDatabaseBuilder fetchSize(int records) {
        this.fetchSize = records;
        return this;
    }

    /** Sets the pool. Default: {@link PoolSettings#DEFAULT}. */
    public Neo4jDatabaseBuilder pool(PoolSettings settings) {
        this.pool = Objects.requireNonNull(settings, "settings");
        return this;
    }

    @Override
    public Neo4jDatabase build(String name) {
        return new DefaultNeo4jDatabase(
                settings(name),
                new Neo4jSettings(
                        address, user, password, token, database, encryption, certificateFile, fetchSize, pool));
    }

    @Override
    protected Neo4jDatabaseBuilder self() {
        return this;
    }
}
