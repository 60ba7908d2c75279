package dev.regista.testing;

import java.sql.SQLException;
import java.util.List;

/** What differs between the products; one instance belongs to one server. */
interface ServerKind {

    String name();

    void create(AdminConnection admin, String database) throws SQLException;

    /** Ends the connections to the database first. */
    void drop(AdminConnection admin, String database) throws SQLException;

    List<String> databases(AdminConnection admin) throws SQLException;

    /** Oldest first, without the asking one. */
    List<ServerConnection> connections(AdminConnection admin) throws SQLException;

    StatementLog record(AdminConnection admin, String database) throws SQLException;
}
