package dev.regista.sql;

import dev.regista.Database;
import dev.regista.DatabaseUrl;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.schema.ModelSchema;
import dev.regista.sql.schema.Schemas;
import dev.regista.sql.signal.Signals;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.Tenants;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;

/**
 * A SQL database: units of work with Hibernate sessions, stateless sessions or plain JDBC connections, over one pool.
 *
 * <p>What a unit costs on the wire, over the statements of the work itself: {@code read} nothing; {@code run} and
 * {@code call} a COMMIT (the BEGIN travels with the first statement on PostgreSQL; MariaDB and MySQL switch auto-commit
 * off and on, two statements more); an {@code isolation} or {@code readOnly} one statement more on those three.
 *
 * <p>Hibernate's {@link SessionFactory} is built at first use, once, also when several threads ask at the same time. A
 * unit that uses only plain JDBC does not need it.
 *
 * <p>Like every {@link Database}, safe for use by several threads; its sessions are not.
 */
public interface SqlDatabase extends Database<Session>, SqlUnits {
    /**
     * Returns a builder for the database at a URL: a JDBC URL ({@code jdbc:postgresql://host/shop}), or the general form
     * ({@code postgresql://user:p%40ss@host/shop}) for H2, SQLite, PostgreSQL, MariaDB and MySQL. Credentials in the URL
     * are taken out of it and handed to the driver separately, so that no driver can print them. No I/O.
     *
     * @param url the URL; a driver that accepts it must be on the class path when the database is opened
     * @throws dev.regista.ConfigurationException if it is neither; the message has its secrets masked
     */
    static SqlDatabaseBuilder at(String url) {
        return new SqlDatabaseBuilder(JdbcTarget.of(url));
    }

    /**
     * Returns a builder for the database at a URL in its general form, as {@link #at(String)}.
     *
     * @param url the URL; its scheme is {@code h2}, {@code sqlite}, {@code postgresql}, {@code mariadb} or {@code mysql}
     * @throws dev.regista.ConfigurationException if the scheme is another
     */
    static SqlDatabaseBuilder at(DatabaseUrl url) {
        return new SqlDatabaseBuilder(JdbcTarget.of(url));
    }

    /**
     * Returns a builder for the database behind a data source, which is pooled here like a driver; for data sources that
     * are themselves engines over several servers. It is not closed with the database.
     *
     * @param dataSource where physical connections come from
     */
    static SqlDatabaseBuilder at(DataSource dataSource) {
        return new SqlDatabaseBuilder(JdbcTarget.of(dataSource));
    }

    /** Returns the JDBC URL, without credentials and with other secrets masked. */
    String url();

    /**
     * Units of work in which ordinary models are in a schema: those that name no schema of their own and are no tenant
     * models. States the schema whatever {@link dev.regista.routing.Schema} says; the tenant stays that of the thread. Costs
     * no round trip: the schema is in the statements. A schema that does not exist is an error of the database at the first
     * statement.
     *
     * @param name the schema's name, letter by letter; 1 to 63 bytes, no quotes, no control characters
     * @throws IllegalArgumentException if it cannot be the name of a schema
     */
    SqlUnits schema(String name);

    /**
     * Units of work in which the tenant models are those of a tenant. States the tenant whatever
     * {@link dev.regista.routing.Tenant} says. Costs no round trip: the tenant's schema is in the statements. When a unit
     * begins whose tenant is not there, it throws {@link dev.regista.UnknownTenantException}; if it is not to be used,
     * {@link dev.regista.TenantSuspendedException}; nothing is sent.
     *
     * @param name the tenant's name
     * @throws dev.regista.NotSupportedException if this database has no tenant models
     */
    SqlUnits tenant(String name);

    /** Whether this database has tenant models, and so {@link #tenants()}. */
    boolean hasTenants();

    /** Returns the listeners of this database; they stay when it is closed and opened again. Any time. */
    Signals signals();

    /** Returns the schemas of this database. */
    Schemas schemas();

    /**
     * Returns what the models need in the schemas of this database. Builds their mapping if nobody has needed it yet.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    ModelSchema modelSchema();

    /**
     * Returns the tenants of this database.
     *
     * @throws dev.regista.NotSupportedException if it has no tenant models
     */
    Tenants tenants();

    /**
     * Returns the content types of this database's rows. They are in the schema of the database's own, whatever the tenant
     * and schema of a unit of work.
     *
     * @throws dev.regista.NotSupportedException if its rows have none
     */
    ContentTypes contentTypes();

    /**
     * Returns the content types of this database's rows, as one of its sessions sees them.
     *
     * @param session a session or stateless session of a unit of work of this database
     * @throws dev.regista.NotSupportedException if its rows have none
     */
    ContentTypes contentTypes(SharedSessionContract session);

    /**
     * Returns the pool, for libraries that want a data source. What takes a connection from it closes it; such a
     * connection belongs to no unit of work.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    DataSource dataSource();

    /**
     * Returns a data source beside the pool: each connection is opened for whoever asks, with the settings and credentials of
     * this database, and ends when it is closed. For work that changes the state of its connection, such as migrations, or
     * keeps it for long. Nothing limits their number, and they are not closed with the database. Usable from any thread,
     * also when it was obtained in an open hook.
     *
     * <p>An in-memory database that exists in one connection only ({@code jdbc:h2:mem:}, {@code jdbc:sqlite::memory:}) has no
     * second one: there, this is the pool.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    DataSource unpooled();

    /**
     * As {@link #unpooled()}, for the database in which a tenant is: its own, if it has one, or else this one. Such
     * connections are beside the budget of {@link dev.regista.sql.tenancy.TenantDatabases}.
     *
     * @param tenant the tenant, in whatever state
     * @throws dev.regista.NotOpenException if the database is not open
     */
    DataSource unpooled(TenantInfo tenant);

    /**
     * Returns Hibernate's session factory, building it if nobody has needed it yet. Owned by this database: must not be
     * closed, and not be kept beyond it. In a database with tenants, Hibernate refuses a session that is opened from it.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    SessionFactory sessionFactory();

    /**
     * Creates the tables, sequences, indexes and constraints of this database's models that do not exist, and the schemas
     * they are in. Leaves existing tables as they are, so calling it again does nothing. Only models listed here are
     * looked at. Where the database cannot undo DDL, a failure leaves what was created before it. The tables of tenant
     * models are created with each tenant, not by this.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     * @throws SchemaException with the database's own error
     */
    void createAll();

    /**
     * Drops the tables and sequences of this database's models, as far as they exist. If the database was given a
     * {@linkplain SqlDatabaseBuilder#schema schema}, that schema is dropped with everything in it; models that name another
     * schema themselves stay. Tenants are dropped first, with everything in them. Irreversible.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     * @throws SchemaException with the database's own error
     */
    void dropAll();

    /**
     * Returns what the pool is doing. A look at a moving thing.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    PoolStatus pool();
}
