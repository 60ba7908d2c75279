package dev.regista.sql;

import dev.regista.Database;
import dev.regista.testing.DatabaseKit;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServer;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** How the SQL databases take part in the kit. */
abstract class SqlKit extends DatabaseKit<Session> {
    private @Nullable String password;

    @Entity(name = "KitRow")
    static class KitRow {
        @Id
        String name;

        protected KitRow() {}

        KitRow(String name) {
            this.name = name;
        }
    }

    final SqlDatabaseBuilder at(String url) {
        return SqlDatabase.at(url).models(KitRow.class).createTables(true);
    }

    final SqlDatabaseBuilder at(String url, String user, String itsPassword) {
        password = itsPassword;
        return at(url).user(user).password(itsPassword);
    }

    final SqlDatabaseBuilder on(TestServer server) {
        TestDatabase database = closeAfterwards(server.newDatabase());
        return at(database.url(), database.user(), database.password());
    }

    @Override
    protected Set<String> secrets() {
        return password == null ? Set.of() : Set.of(password);
    }

    @Override
    protected int held(Database<Session> database) {
        return ((SqlDatabase) database).pool().active();
    }

    @Override
    protected void write(Session session, String key) {
        session.persist(new KitRow(key));
    }

    @Override
    protected boolean exists(Session session, String key) {
        return session.createSelectionQuery("select count(*) from KitRow where name = :name", Long.class)
                        .setParameter("name", key)
                        .getSingleResult()
                > 0;
    }
}
