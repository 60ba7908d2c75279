package dev.regista.sql;

import java.util.List;

/** The other databases of the registries that a database is in. */
interface ContentTypeNeighbours {
    /**
     * Returns the database of a name.
     *
     * @throws dev.regista.NotSupportedException if there is none that has content types
     */
    DefaultSqlDatabase neighbour(String name);

    /** Returns the databases whose content types are in this one. */
    List<DefaultSqlDatabase> guests();
}
