package dev.regista.neo4j;

import dev.regista.Database;
import dev.regista.DatabaseUrl;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionContext;

/**
 * A Neo4j database: units of work with the driver's {@link TransactionContext}, over one driver.
 *
 * <p><b>Units.</b> {@code run}, {@code call} and {@code get} work in a transaction on the server that writes;
 * {@code readOnly()} in one on a server that reads, which refuses to write. {@code read} has no transaction: each query is
 * one of its own, on a server that reads, and one that writes is refused with an
 * {@link dev.regista.IncompatibleUnitException}. Where there is no routing ({@code bolt://}), all of them are on the one
 * server. On the wire, {@code run} and {@code call} cost a round trip to begin and one to commit; {@code read} costs
 * neither. Queries that Neo4j accepts only outside of a transaction, such as {@code CALL {..} IN TRANSACTIONS}, are for
 * sessions of the {@link #driver()}.
 *
 * <p><b>Results.</b> A {@link org.neo4j.driver.Result} is read inside the unit. One that leaves it throws a
 * {@link org.neo4j.driver.exceptions.ResultConsumedException} when it is read; records, and what is made of them
 * ({@code record.as(Person.class)}), stay readable. What went wrong in a result that nobody has read fails the commit.
 *
 * <p><b>Causality.</b> A unit sees what units of this object have committed before it, on whatever member of a cluster it
 * runs: the driver's bookmarks are kept, one set for each object, from its opening to its closing.
 *
 * <p><b>Retries.</b> The driver's managed transactions run the work again on their own account; units of work never do.
 * With {@link #retrying(int)}, what the driver would try again is run again: deadlocks and other transient refusals, a
 * member of a cluster that does not lead any more, a connection that was lost. Not run again is a unit whose connection was
 * lost while it committed: nobody knows whether it did, and its failure says so.
 *
 * <p><b>Timeouts</b> are those of the server's transactions, in {@code read} of each query. The server looks for
 * transactions past their limit every two seconds unless its {@code db.transaction.monitor.check.interval} says otherwise.
 *
 * <p>There are no isolation levels but the server's read committed, no snapshots and no savepoints:
 * {@link dev.regista.NotSupportedException}.
 *
 * <p>What the driver throws arrives as it is. Like every {@link Database}, safe for use by several threads; its sessions
 * are not.
 */
public interface Neo4jDatabase extends Database<TransactionContext> {
    /**
     * Returns a builder for the database at a URL: {@code bolt://} for one server, {@code neo4j://} for a cluster, with
     * {@code +s} for encryption and {@code +ssc} for encryption with any certificate. A path is the name of the database;
     * credentials in the URL are taken out of it and handed to the driver separately. With {@code neo4j://}, several hosts,
     * separated by commas, are tried in this order until one knows the others, and parameters are the routing context. No
     * I/O.
     *
     * @param url such as {@code neo4j+s://ada:p%40ss@host:7687/movies}
     * @throws dev.regista.ConfigurationException if it is not such a URL; the message has no secrets
     */
    static Neo4jDatabaseBuilder at(String url) {
        return at(DatabaseUrl.parse(url));
    }

    /**
     * Returns a builder for the database at a URL, as {@link #at(String)}.
     *
     * @param url the URL; its scheme is {@code bolt} or {@code neo4j}
     * @throws dev.regista.ConfigurationException if it is not the URL of a Neo4j database
     */
    static Neo4jDatabaseBuilder at(DatabaseUrl url) {
        return new Neo4jDatabaseBuilder(url);
    }

    /** Returns the URL, without credentials and with other secrets masked. */
    String url();

    /** Returns the name of the database on the server; empty if it is the user's home database. */
    Optional<String> databaseName();

    /**
     * Makes sure that the server can be reached, accepts the credentials, and has the database, as opening does. One round
     * trip or more.
     *
     * @throws dev.regista.NotOpenException if this database is not open
     * @throws dev.regista.DatabaseDownException if it is down
     * @throws org.neo4j.driver.exceptions.Neo4jException the driver's failure
     */
    void verifyConnectivity();

    /**
     * Returns the driver, for libraries that want one. Owned by this database: must not be closed, and not be kept beyond
     * it. Its sessions belong to no unit of work, and know nothing of the database's name and bookmarks.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    Driver driver();
}
