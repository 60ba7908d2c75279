package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Connection;
import dev.regista.IncompatibleUnitException;
import dev.regista.Isolation;
import dev.regista.RollbackOnlyException;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to units of work. */
@ExtendWith(LeakChecker.class)
class UnitsOfWorkIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final SqlDatabase database = SqlDatabase.at(postgres.url())
            .user(postgres.user())
            .password(postgres.password())
            .models(Customer.class)
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

    @Test
    void runAndCall() {
        // tag::run[]
        database.run(session -> session.persist(new Customer("Ada")));

        Customer grace = database.call(session -> {
            Customer customer = new Customer("Grace");
            session.persist(customer);
            return customer;
        });
        // end::run[]
        assertThat(grace.id).isNotNull();
        assertThat(names()).containsExactly("Ada", "Grace");
    }

    @Test
    void theCallerGetsWhatTheWorkThrew() {
        // tag::failure[]
        try {
            database.run(session -> {
                session.persist(new Customer("Mallory"));
                throw new DeclinedException();
            });
        } catch (DeclinedException e) {
            // Mallory has not been written.
        }
        // end::failure[]
        assertThat(names()).isEmpty();
    }

    /** A checked exception of the application. */
    static class DeclinedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void read() {
        database.run(session -> session.persist(new Customer("Ada")));
        // tag::read[]
        Customer ada = database.read(session -> session.find(Customer.class, 1L));

        long visits = database.snapshot(session -> {
            long sum = session.createSelectionQuery("select sum(visits) from Customer", Long.class)
                    .getSingleResult();
            long customers = session.createSelectionQuery("select count(*) from Customer", Long.class)
                    .getSingleResult();
            return sum / customers;
        });
        // end::read[]
        assertThat(ada.name).isEqualTo("Ada");
        assertThat(visits).isZero();
    }

    @Test
    void get() {
        // tag::get[]
        try (Connection<Session> connection = database.get()) {
            connection.session().persist(new Customer("Ada"));
            connection.commit();
        }
        // end::get[]
        assertThat(names()).containsExactly("Ada");
    }

    @Test
    void joining() {
        // tag::joining[]
        database.run(outer -> {
            outer.persist(new Customer("Ada"));
            database.run(inner -> inner.persist(new Customer("Grace"))); // inner == outer
        }); // one commit, for both
        // end::joining[]
        assertThat(names()).containsExactly("Ada", "Grace");
    }

    @Test
    void aSwallowedFailureDoomsTheUnit() {
        assertThatThrownBy(() -> {
                    // tag::doomed[]
                    database.run(outer -> {
                        try {
                            database.run(inner -> {
                                throw new IllegalStateException("no");
                            });
                        } catch (IllegalStateException e) {
                            // swallowed: the unit ends with a RollbackOnlyException all the same
                        }
                    });
                    // end::doomed[]
                })
                .isInstanceOf(RollbackOnlyException.class);
    }

    @Test
    void nestedAndNew() {
        // tag::nested[]
        database.run(outer -> {
            outer.persist(new Customer("Ada"));
            try {
                database.nested().run(inner -> {
                    inner.persist(new Customer("Mallory"));
                    throw new IllegalStateException("no");
                });
            } catch (IllegalStateException e) {
                // Only Mallory is undone.
            }
        });
        // end::nested[]
        // tag::new[]
        database.run(outer -> {
            outer.persist(new Customer("Barbara"));
            database.requiresNew().run(own -> own.persist(new Customer("Grace"))); // committed here
        });
        // end::new[]
        assertThat(names()).containsExactlyInAnyOrder("Ada", "Barbara", "Grace");
    }

    @Test
    void writingInsideAReadIsRefused() {
        assertThatThrownBy(() -> {
                    // tag::refused[]
                    database.read(reading -> {
                        database.run(session -> session.persist(new Customer("Ada"))); // IncompatibleUnitException
                        return true;
                    });
                    // end::refused[]
                })
                .isInstanceOf(IncompatibleUnitException.class);
    }

    @Test
    void settings() {
        database.run(session -> session.persist(new Customer("Ada")));
        // tag::settings[]
        database.isolation(Isolation.SERIALIZABLE)
                .retrying(3)
                .timeout(Duration.ofSeconds(5))
                .run(session -> session.find(Customer.class, 1L).visit());
        // end::settings[]
        assertThat(database.read(session -> session.find(Customer.class, 1L)).visits)
                .isEqualTo(1);
    }

    @Test
    void bulk() {
        // tag::stateless[]
        database.stateless()
                .run(session ->
                        IntStream.rangeClosed(1, 1000).forEach(i -> session.insert(new Customer("customer " + i))));
        // end::stateless[]
        assertThat(names()).hasSize(1000);
    }

    @Test
    void plainJdbc() throws SQLException {
        database.run(session -> session.persist(new Customer("Ada")));
        // tag::jdbc[]
        database.jdbc().run(connection -> {
            try (var statement = connection.prepareStatement("update Customer set visits = visits + ?")) {
                statement.setInt(1, 2);
                statement.executeUpdate();
            }
        });
        // end::jdbc[]
        assertThat(database.read(session -> session.find(Customer.class, 1L)).visits)
                .isEqualTo(2);
    }

    @Test
    void whatPlainJdbcWritesInAReadIsCommittedAtOnce() throws SQLException {
        database.run(session -> session.persist(new Customer("Ada")));

        database.jdbc().read(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("update Customer set visits = 5");
            }
        });

        assertThat(database.read(session -> session.find(Customer.class, 1L)).visits)
                .isEqualTo(5);
    }

    private List<String> names() {
        return database.read(
                session -> session.createSelectionQuery("select name from Customer order by id", String.class)
                        .getResultList());
    }
}
