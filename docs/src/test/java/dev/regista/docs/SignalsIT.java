package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.model.Registration;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.signal.Operation;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hibernate.query.restriction.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to signals. */
@ExtendWith(LeakChecker.class)
class SignalsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final List<String> mails = new ArrayList<>();
    private final SqlDatabase database = SqlDatabase.at(postgres.url())
            .user(postgres.user())
            .password(postgres.password())
            .models(Customer.class, Event.class)
            .createTables(true)
            .build("main");

    @BeforeEach
    void open() {
        database.connect();
    }

    @AfterEach
    void close() {
        database.disconnect();
        postgres.close();
    }

    private List<String> names() {
        return database.read(
                session -> session.createSelectionQuery("select name from Customer order by name", String.class)
                        .getResultList());
    }

    private void mail(String text) {
        mails.add(text);
    }

    @Test
    void listening() {
        // tag::listen[]
        Registration registration = database.signals().afterSave(Customer.class, save -> {
            if (save.operation() == Operation.INSERT) {
                mail("new: " + save.entity().name);
            } else {
                mail("changed: " + save.changes().get("name"));
            }
        });
        // end::listen[]
        database.run(session -> session.persist(new Customer("Ada")));
        database.run(session ->
                session.createSelectionQuery("from Customer", Customer.class).getSingleResult().name = "Grace");
        // tag::unregister[]
        registration.unregister();
        // end::unregister[]
        database.run(session -> session.persist(new Customer("Barbara")));

        assertThat(mails).containsExactly("new: Ada", "changed: Change[before=Ada, after=Grace, isKnown=true]");
    }

    @Test
    void building() {
        // tag::builder[]
        SqlDatabase shop = SqlDatabase.at("jdbc:h2:mem:shop-signals")
                .models(Customer.class)
                .createTables(true)
                .signals(signals -> signals.beforeSave(
                        Customer.class,
                        save -> save.set("name", save.entity().name.strip())))
                .build("shop");
        // end::builder[]
        shop.connect();
        Customer ada = new Customer(" Ada ");
        shop.run(session -> session.persist(ada));
        shop.disconnect();

        assertThat(ada.name).isEqualTo("Ada");
    }

    @Test
    void changingAndSkipping() {
        // tag::before[]
        database.signals().beforeSave(Customer.class, save -> {
            String name = save.entity().name.strip();
            if (name.toLowerCase(Locale.ROOT).startsWith("test")) {
                save.skip(); // no row is written; listeners after it are told so
            }
            save.set("name", name); // in the object, and in the row
        });
        database.signals().beforeDelete(Customer.class, delete -> {
            if (delete.entity().visits > 0) {
                delete.skip(); // object and row stay
            }
        });
        // end::before[]
        database.run(session -> {
            session.persist(new Customer("  Ada"));
            session.persist(new Customer("Tester"));
        });

        assertThat(names()).containsExactly("Ada");
    }

    @Test
    void queries() {
        database.run(session -> {
            Customer ada = new Customer("Ada");
            ada.visit();
            session.persist(ada);
            session.persist(new Customer("Grace"));
        });
        // tag::bulk[]
        database.signals().beforeBulk(Customer.class, bulk -> {
            if (bulk.operation() == Operation.DELETE) {
                bulk.restrict(
                        Path.from(Customer.class).to("visits", Integer.class).equalTo(0));
            }
        });

        int deleted = database.call(
                session -> session.createMutationQuery("delete from Customer").executeUpdate());
        // end::bulk[]
        assertThat(deleted).isEqualTo(1);
        assertThat(names()).containsExactly("Ada");
    }

    @Test
    void writingInAListener() {
        // tag::write[]
        database.signals().afterSave(Customer.class, save -> save.stateless().insert(new Event("saved")));
        // end::write[]
        database.run(session -> session.persist(new Customer("Ada")));

        assertThat(database.<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Event", Long.class)
                                .getSingleResult()))
                .isEqualTo(1);
    }

    @Test
    void afterTheCommit() {
        // tag::commit[]
        database.run(session -> {
            session.persist(new Customer("Ada"));
            database.afterCommit(() -> mail("welcome, Ada"));
            database.afterRollback(() -> mail("sorry, Ada"));
        });
        // end::commit[]
        // tag::saved[]
        database.signals().afterSave(Customer.class, save -> {
            String name = save.entity().name;
            save.afterCommit(() -> mail("welcome, " + name));
        });
        // end::saved[]
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Customer("Mallory"));
                    session.flush();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        database.run(session -> session.persist(new Customer("Grace")));

        assertThat(mails).containsExactly("welcome, Ada", "welcome, Grace");
    }
}
