package dev.regista.sql;

import dev.regista.Units;
import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import java.sql.Connection;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** A SQL database over HikariCP and Hibernate. */
final class DefaultSqlDatabase extends AbstractDatabase<Session, SqlDatabase> implements SqlDatabase {
    private final SqlSettings sql;
    private final Units<StatelessSession> stateless = units(unit -> ((SqlUnit) unit).stateless());
    private final Units<Connection> jdbc = units(unit -> ((SqlUnit) unit).jdbc());

    DefaultSqlDatabase(DatabaseSettings<SqlDatabase> settings, SqlSettings sql) {
        super(settings, Session.class);
        this.sql = sql;
    }

    @Override
    protected Backend<Session> open() throws Exception {
        PhysicalConnections physical =
                new PhysicalConnections(sql.target(), settings().connectTimeout());
        return SqlBackend.open(name(), models(), sql, physical);
    }

    @Override
    protected SqlDatabase self() {
        return this;
    }

    @Override
    public String url() {
        return sql.target().masked();
    }

    @Override
    public Units<StatelessSession> stateless() {
        return stateless;
    }

    @Override
    public Units<Connection> jdbc() {
        return jdbc;
    }

    @Override
    public DataSource dataSource() {
        return live().pool().dataSource();
    }

    @Override
    public SessionFactory sessionFactory() {
        return live().sessionFactory();
    }

    @Override
    public void createAll() {
        live().tables().createAll();
    }

    @Override
    public void dropAll() {
        live().tables().dropAll();
    }

    @Override
    public PoolStatus pool() {
        return live().pool().status();
    }

    private SqlBackend live() {
        return (SqlBackend) backend();
    }

    /** Returns name, URL and status, such as {@code SQL database 'main' at jdbc:h2:mem:shop (open)}. */
    @Override
    public String toString() {
        return "SQL database '" + name() + "' at " + url() + " ("
                + status().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
