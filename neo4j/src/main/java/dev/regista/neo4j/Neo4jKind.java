package dev.regista.neo4j;

import dev.regista.Secret;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The blocks of a configuration that are {@link Neo4jDatabase}s. Their options are those of {@link Neo4jDatabaseBuilder},
 * with the same defaults. Besides its own keys it reads those of core-lib's Neo4j connection registry
 * ({@code credentials.username}, {@code credentials.password}).
 */
public final class Neo4jKind implements DatabaseKind {
    private static final Set<String> SCHEMES = Set.of("bolt", "neo4j");

    private static final Option<Address> URL = Option.address("url")
            .required()
            .describedAs("Where the server is: `bolt://host:port/database`, or `neo4j://` for a cluster, with `+s` for"
                    + " encryption and `+ssc` for encryption with any certificate; or the fields of one.");
    private static final Option<String> USER = Option.text("user")
            .alias("username")
            .alias("credentials.username")
            .describedAs("The user; default: the one in the URL, or nobody.");
    private static final Option<Secret> PASSWORD = Option.secret("password")
            .alias("credentials.password")
            .describedAs("The password; default: the one in the URL. Needs a user.");
    private static final Option<Secret> TOKEN =
            Option.secret("token").describedAs("A bearer token, in place of a user and a password.");
    private static final Option<String> DATABASE = Option.text("database")
            .describedAs("The name of the database on the server; default: the path of the URL, or the user's home"
                    + " database.");
    private static final Option<Encryption> ENCRYPTION = Option.choice("encryption", Encryption.class)
            .describedAs("How connections are encrypted; default: as the scheme of the URL says it.");
    private static final Option<String> CERTIFICATE_FILE = Option.text("certificate-file")
            .describedAs("A PEM file with the certificates to trust, in place of those that the system trusts.");
    private static final Option<Integer> FETCH_SIZE = Option.number("fetch-size")
            .defaultsTo("1000")
            .describedAs("How many records of a result are fetched at a time.");

    private static final Option<Integer> SIZE = Option.number("pool.size")
            .defaultsTo("100")
            .describedAs("How many connections the pool may open to each server.");
    private static final Option<Duration> WAIT_LIMIT = Option.duration("pool.wait-limit")
            .defaultsTo("10s")
            .describedAs("How long a unit of work waits for a connection; at least 250ms, 0 for no limit.");
    private static final Option<Duration> MAX_LIFETIME = Option.duration("pool.max-lifetime")
            .defaultsTo("1h")
            .describedAs("After how long a connection is replaced; at least 30s, 0 for never.");
    private static final Option<Duration> TEST_AFTER_IDLE = Option.duration("pool.test-after-idle")
            .defaultsTo("30s")
            .describedAs("For how long a connection may have been idle and still be handed out untested.");

    /** For the service loader. */
    public Neo4jKind() {}

    @Override
    public String name() {
        return "neo4j";
    }

    @Override
    public String description() {
        return "A Neo4j database, over the official driver.";
    }

    @Override
    public boolean accepts(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                URL,
                USER,
                PASSWORD,
                TOKEN,
                DATABASE,
                ENCRYPTION,
                CERTIFICATE_FILE,
                FETCH_SIZE,
                SIZE,
                WAIT_LIMIT,
                MAX_LIFETIME,
                TEST_AFTER_IDLE);
    }

    @Override
    public Neo4jDatabaseBuilder build(Values values) {
        Neo4jDatabaseBuilder builder = at(values.get(URL)).pool(pool(values));
        values.ifSet(USER, builder::user);
        values.ifSet(PASSWORD, builder::password);
        values.ifSet(TOKEN, builder::token);
        values.ifSet(DATABASE, builder::database);
        values.ifSet(ENCRYPTION, builder::encryption);
        values.ifSet(CERTIFICATE_FILE, file -> builder.certificateFile(Path.of(file)));
        values.ifSet(FETCH_SIZE, builder::fetchSize);
        return builder;
    }

    private static Neo4jDatabaseBuilder at(Address address) {
        return address.url().map(Neo4jDatabase::at).orElseGet(() -> Neo4jDatabase.at(address.reveal()));
    }

    private static PoolSettings pool(Values values) {
        PoolSettings defaults = PoolSettings.DEFAULT;
        return new PoolSettings(
                values.find(SIZE).orElse(defaults.size()),
                values.find(WAIT_LIMIT).orElse(defaults.waitLimit()),
                values.find(MAX_LIFETIME).orElse(defaults.maxLifetime()),
                values.find(TEST_AFTER_IDLE).orElse(defaults.testAfterIdle()));
    }
}
