package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotSupportedException;
import dev.regista.Registry;
import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.Typed.Pet;
import dev.regista.sql.Typed.Truck;
import dev.regista.sql.Typed.Vehicle;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.testing.LeakChecker;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** D.17, D.18: content types in another database of the registry than their rows. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class ContentTypesElsewhereIT {
    @Parameter
    Store store;

    private Store.Fresh fresh;
    private Registry registry;
    private SqlDatabase main;
    private SqlDatabase extra;

    private void open() {
        fresh = store.fresh();
        registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID())
                        .models(Company.class)
                        .contentTypes()
                        .createTables(true))
                .extra(
                        "extra",
                        fresh.at()
                                .models(Person.class, Pet.class, Vehicle.class, Truck.class)
                                .contentTypes(ContentTypeSettings.DEFAULT.in("main"))
                                .createTables(true))
                .open();
        main = registry.main(SqlDatabase.class);
        extra = registry.database("extra", SqlDatabase.class);
    }

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
            fresh.close();
        }
    }

    private ContentTypes types() {
        return ContentTypes.of(registry);
    }

    private long rows(String model) {
        return extra.<Long, RuntimeException>read(session -> count(session, model));
    }

    private static long count(Session session, String model) {
        return session.createSelectionQuery("select count(*) from " + model, Long.class)
                .getSingleResult();
    }

    private Person persisted(String name) {
        Person person = ContentTypes.of(extra).with(new Person(name), type -> type.collisionKey(name));
        person.nicknames.add(name + name);
        extra.run(session -> session.persist(person));
        return person;
    }

    @Test
    void rowsHaveTheirContentTypesInTheOtherDatabase() {
        open();
        Person ada = persisted("ada");
        main.run(session -> session.persist(new Company("c")));
        extra.stateless().run(session -> session.insertMultiple(List.of(new Truck(), new Truck())));

        assertThat(types().count()).isEqualTo(4);
        ContentType type = ContentTypes.of(extra).findOf(ada).orElseThrow();
        assertThat(type.database()).contains("extra");
        assertThat(types().findByKey("ada").flatMap(types()::findRow))
                .get()
                .extracting(row -> ((Person) row).name)
                .isEqualTo("ada");
        assertThat(types().rows(any -> true).map(row -> row.type().name()))
                .containsExactlyInAnyOrder("Person", "Company", "Truck", "Truck");
        assertThat(ContentTypes.of(extra).rows(any -> true)).hasSize(4);
    }

    @Test
    void bothDirectionsCascade() {
        open();
        Person a = persisted("a");
        persisted("b");
        persisted("c");
        persisted("d");
        extra.run(session -> session.remove(session.find(Person.class, a.id)));
        assertThat(types().findByKey("a")).isEmpty();
        extra.run(session -> session.createMutationQuery("delete from Person where name = 'b'")
                .executeUpdate());
        assertThat(types().count()).isEqualTo(2);

        assertThat(types().delete(types().findByKey("c").orElseThrow())).isTrue();
        assertThat(rows("Person")).isEqualTo(1);
        main.run(session -> assertThat(
                        session.createMutationQuery("delete from ContentType").executeUpdate())
                .isEqualTo(1));
        assertThat(rows("Person")).isZero();
        assertThat(types().count()).isZero();
    }

    @Test
    void aRollbackTakesTheContentTypesBack() {
        open();
        assertThatThrownBy(() -> extra.run(session -> {
                    session.persist(new Person("never"));
                    session.flush();
                    assertThat(types().count()).isEqualTo(1);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(types().count()).isZero();
        persisted("once");
        assertThatThrownBy(() -> persisted("once")).isInstanceOf(RuntimeException.class);
        assertThat(rows("Person")).isEqualTo(1);
        assertThat(types().count()).isEqualTo(1);
        assertThatThrownBy(() -> extra.run(session -> {
                    session.createMutationQuery("delete from Person").executeUpdate();
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(types().count()).isEqualTo(1);
    }

    @Test
    void whatIsLeftCanBeRemoved() throws SQLException {
        open();
        persisted("stays");
        persisted("goes");
        main.run(session -> session.persist(new Company("c")));
        extra.jdbc().run(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("delete from Person_nicknames");
                statement.executeUpdate("delete from typed_person where name = 'goes'");
            }
        });

        assertThat(types().removeOrphans()).isZero();
        assertThat(ContentTypes.of(extra).removeOrphans()).isEqualTo(1);
        assertThat(types().count()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsNotThereIsSaid() {
        fresh = store.fresh();
        SqlDatabase alone = fresh.at()
                .models(Person.class, Pet.class)
                .contentTypes(ContentTypeSettings.DEFAULT.in("main"))
                .createTables(true)
                .build("alone");
        alone.connect();
        try {
            assertThatThrownBy(() -> alone.run(session -> session.persist(new Person("x"))))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("'main'");
        } finally {
            alone.disconnect();
            fresh.close();
        }
    }
}
