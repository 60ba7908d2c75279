package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The database that a benchmark works on: made by {@link Bench} and handed to the forked JVM in system properties, so that
 * no fork starts a server of its own; or made here where there is none, as in a test.
 */
record Target(String url, String user, String password) implements AutoCloseable {
    private static final String PREFIX = "regista.bench.";

    /** How many connections each pool of each contestant may open. */
    static final int POOL_SIZE = 10;

    static Target current() {
        String url = System.getProperty(PREFIX + "url");
        if (url != null) {
            return new Target(
                    url, System.getProperty(PREFIX + "user", ""), System.getProperty(PREFIX + "password", ""));
        }
        return of(TestServers.postgres().newDatabase());
    }

    static Target of(TestDatabase database) {
        return new Target(database.url(), database.user(), database.password());
    }

    /** Returns the same database behind another port. */
    Target behind(int port) {
        return new Target(url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/"), user, password);
    }

    /** Creates another database on the same server; {@link #close()} drops it. */
    Target another(String suffix) throws SQLException {
        Target other = new Target(url + "_" + suffix, user, password);
        execute("create database " + other.name());
        return other;
    }

    private String name() {
        return url.replaceFirst(".*/", "");
    }

    /** Drops the database. To be called for what is made by {@link #another} alone. */
    @Override
    public void close() throws SQLException {
        Target server = new Target(url.replaceFirst("/[^/]*$", "/postgres"), user, password);
        server.execute("drop database if exists " + name() + " with (force)");
    }

    /** Returns the options of a JVM in which this is the {@link #current()} one. */
    List<String> jvmOptions() {
        return List.of(
                "-D" + PREFIX + "url=" + url, "-D" + PREFIX + "user=" + user, "-D" + PREFIX + "password=" + password);
    }

    /** Regista, as its guides show it; but a busy core may take its time to start the first Hibernate of a JVM. */
    SqlDatabaseBuilder regista() {
        return SqlDatabase.at(url)
                .user(user)
                .password(password)
                .pool(PoolSettings.ofSize(POOL_SIZE))
                .connectTimeout(Duration.ofMinutes(1));
    }

    /** A pool of the same size for those that have none of their own. */
    HikariDataSource pool() {
        return pool(POOL_SIZE);
    }

    HikariDataSource pool(int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        return pool;
    }

    void execute(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void execute(String... statements) throws SQLException {
        execute(List.of(statements));
    }
}
