package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.regista.ConfigurationException;
import dev.regista.Connection;
import dev.regista.NotOpenException;
import dev.regista.NotSupportedException;
import dev.regista.Registry;
import dev.regista.UnmappedModelException;
import dev.regista.model.Collision;
import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of SQL databases that arrive, leave, and are mapped lazily and anew. */
@ExtendWith(LeakChecker.class)
class ModelsIT {
    @MappedSuperclass
    abstract static class Base {
        @Id
        long id;
    }

    @Entity(name = "Client")
    @Table(name = "people")
    static class User extends Base {
        String name;
    }

    @Entity(name = "Member")
    @Table(name = "people")
    static class Member extends Base {}

    @Entity(name = "Visit")
    @Table(name = "visit")
    static class Visit extends Base {
        @ManyToOne
        User user;
    }

    @Entity(name = "Event")
    static class Event extends Base {}

    @Entity(name = "Broken")
    static class Broken {
        String noId;
    }

    private static SqlDatabaseBuilder h2() {
        return SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID());
    }

    private static Registry open(SqlDatabaseBuilder main) {
        return Registry.builder().main(main).open();
    }

    private static long count(SqlDatabase database, String entity) {
        return database.<Long, RuntimeException>read(
                session -> session.createSelectionQuery("select count(*) from " + entity, Long.class)
                        .getSingleResult());
    }

    @Test
    void theNameOfAModelIsThatOfItsEntity() {
        Registry registry = Registry.builder()
                .main(h2().models(Base.class, User.class, Visit.class).tenantModels(Invoice.class))
                .build();

        assertThat(registry.models().all()).extracting(Model::name).containsExactly("Client", "Visit", "Invoice");
        assertThat(registry.models().get("Client").type()).isEqualTo(User.class);
        assertThat(registry.models().get(Invoice.class).kind()).isEqualTo(ModelKind.TENANT);
        assertThat(registry.models().find("User")).isEmpty();
        assertThat(registry.models().find(Base.class)).as("no entity").isEmpty();
        assertThat(registry.models().classes()).contains(Base.class);
        assertThatThrownBy(() -> registry.models().add("main", String.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("java.lang.String is no model");
    }

    @Test
    void twoDatabasesCanHaveModelsWithTablesOfOneName() {
        try (Registry registry = Registry.builder()
                .main(h2().models(User.class).createTables(true))
                .extra("other", h2().models(Member.class).createTables(true))
                .open()) {
            registry.databaseOf(User.class, SqlDatabase.class).run(session -> session.persist(new User()));

            assertThat(count(registry.main(SqlDatabase.class), "Client")).isEqualTo(1);
            assertThat(count(registry.database("other", SqlDatabase.class), "Member"))
                    .isZero();
        }
    }

    @Test
    void aModelThatIsUsedWhereItIsNotMappedIsRefusedWithTheDatabaseThatHasIt() {
        try (Registry registry = Registry.builder()
                .main(h2().models(User.class))
                .extra("log", h2().models(Event.class))
                .open()) {
            SqlDatabase main = registry.main(SqlDatabase.class);
            Map<String, Consumer<Session>> uses = new LinkedHashMap<>();
            uses.put("persist", session -> session.persist(new Event()));
            uses.put("find", session -> session.find(Event.class, 1L));
            uses.put("reference", session -> session.getReference(Event.class, 1L));
            uses.put("merge", session -> session.merge(new Event()));
            uses.put("remove", session -> session.remove(new Event()));
            uses.put(
                    "HQL",
                    session -> session.createSelectionQuery("from Event", Object.class)
                            .getResultList());
            uses.put(
                    "HQL that changes",
                    session -> session.createMutationQuery("delete Event").executeUpdate());
            uses.put(
                    "criteria",
                    session -> session.getCriteriaBuilder()
                            .createQuery(Event.class)
                            .from(Event.class));
            uses.forEach((what, use) -> assertThatThrownBy(() -> main.run(session -> use.accept(session)))
                    .as(what)
                    .isInstanceOfSatisfying(
                            UnmappedModelException.class,
                            e -> assertThat(e.asked()).isEqualTo(Event.class))
                    .hasMessage("Database 'main' does not have the model " + Event.class.getName()
                            + ". 'main' has User. The model lives in 'log'.")
                    .hasCauseInstanceOf(RuntimeException.class));
            assertThatThrownBy(() -> main.stateless().run(session -> session.insert(new Event())))
                    .isInstanceOf(UnmappedModelException.class);
            assertThatThrownBy(() -> main.run(outer -> main.run(session -> session.persist(new Event()))))
                    .as("in a unit that joins")
                    .isInstanceOf(UnmappedModelException.class);
            assertThatThrownBy(() -> main.run(session -> session.persist("text")))
                    .as("lives nowhere")
                    .isInstanceOf(UnmappedModelException.class)
                    .hasMessageEndingWith("'main' has User.");
            assertThatThrownBy(() -> main.run(session -> session.createSelectionQuery("from Nobody", Object.class)
                            .getResultList()))
                    .as("a mistake in a query")
                    .isNotInstanceOf(UnmappedModelException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatArrivesInAnOpenDatabaseIsMappedWithTheOthersAndUnitsUnderWayGoOn(Store store) {
        try (Store.Fresh fresh = store.fresh();
                Registry registry = open(fresh.at().models(User.class).createTables(true))) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.run(session -> session.persist(new User()));
            try (Connection<Session> underWay = database.get()) {
                underWay.session().find(User.class, 0L).name = "Ada";
                if (store == Store.SQLITE) {
                    underWay.commit(); // it has one writer, and creating a table writes
                    registry.models().add("main", Visit.class);
                } else {
                    registry.models().add("main", Visit.class);
                    assertThat(underWay.session().getMetamodel().getEntities())
                            .as("of the models it began with")
                            .hasSize(1);
                    underWay.commit();
                }
            }

            database.run(session -> {
                Visit visit = new Visit();
                visit.user = session.find(User.class, 0L);
                session.persist(visit);
            });
            assertThat(count(database, "Visit where user.name = 'Ada'")).isEqualTo(1);

            assertThat(registry.models().remove(Visit.class)).isTrue();
            assertThatThrownBy(() -> count(database, "Visit")).isInstanceOf(RuntimeException.class);
            registry.models().add("main", Visit.class);
            assertThat(count(database, "Visit")).as("what is stored stays").isEqualTo(1);
        }
    }

    @Test
    void aModelThatArrivesIsKnownInUnitsWithASchemaToo() {
        try (Registry registry = open(h2().models(User.class).createTables(true))) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.schemas().create("other", dev.regista.sql.schema.Schemas.Contents.MODELS);
            database.schema("other").run(session -> session.persist(new User()));

            registry.models().add("main", Member2.class);
            database.schemas().create("more", dev.regista.sql.schema.Schemas.Contents.MODELS);
            database.schema("more").run(session -> session.persist(new Member2()));

            assertThat(database.schema("more").<Member2, RuntimeException>read(s -> s.find(Member2.class, 0L)))
                    .isNotNull();
        }
    }

    @Entity(name = "Member2")
    static class Member2 extends Base {}

    @Test
    void whatCannotBeMappedIsRefusedBeforeAnythingChanges() {
        Factories factories = new Factories();
        try (Registry registry = open(factories.of(h2()).models(User.class).createTables(true))) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            SessionFactory before = database.sessionFactory();

            assertThatThrownBy(() -> registry.models().add("main", Member2.class, Broken.class))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("cannot map these models")
                    .hasMessageContaining("Broken")
                    .hasCauseInstanceOf(org.hibernate.HibernateException.class);
            assertThat(database.models()).containsExactly(User.class);
            assertThat(registry.models().find(Member2.class)).isEmpty();
            assertThat(database.sessionFactory()).isSameAs(before);

            registry.models().add("main", Visit.class);
            assertThatThrownBy(() -> registry.models().remove(User.class))
                    .as("a visit refers to it")
                    .isInstanceOf(ConfigurationException.class);
            assertThat(count(database, "Client")).isZero();
            assertThat(factories.open()).isEqualTo(1);
        }
        assertThat(factories.open()).isZero();
    }

    @Test
    void aModelCanTakeThePlaceOfAnotherWhileTheDatabaseIsOpen() {
        try (Registry registry = open(h2().models(User.class).createTables(true))) {
            registry.models().add("main", Collision.REPLACE, Named.class);
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.run(session -> session.persist(new Named()));
            assertThat(count(database, "Client")).isEqualTo(1);
            assertThat(database.models()).containsExactly(Named.class);
        }
    }

    @Entity(name = "Client")
    @Table(name = "named")
    static class Named extends Base {}

    @Test
    void aTenantModelCanArriveOnlyWhereThereAreTenants() {
        try (Registry registry = Registry.builder()
                .main(h2().models(Country.class).tenantModels(Label.class).createTables(true))
                .extra("plain", h2().models(User.class))
                .open()) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            assertThatThrownBy(() -> registry.models().add("plain", Invoice.class))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("tenant model");

            registry.models().add("main", Invoice.class);
            assertThat(registry.models().get(Invoice.class).kind()).isEqualTo(ModelKind.TENANT);
            database.tenants().create("acme");
            database.tenant("acme").run(session -> session.persist(new Invoice("first")));
            assertThat(database.tenant("acme")
                            .<Long, RuntimeException>read(
                                    session -> session.createSelectionQuery("select count(*) from Invoice", Long.class)
                                            .getSingleResult()))
                    .isEqualTo(1);
        }
    }

    @Test
    void modelsThatChangeWhileADatabaseIsClosedAreThereWhenItOpens() {
        Registry registry = Registry.builder()
                .main(h2().models(User.class).createTables(true))
                .build();
        registry.models().add("main", Visit.class);
        registry.connect();
        assertThat(count(registry.main(SqlDatabase.class), "Visit")).isZero();
        registry.close();
        registry.models().remove(Visit.class);
        registry.connect();
        assertThatThrownBy(() -> count(registry.main(SqlDatabase.class), "Visit"))
                .isInstanceOf(RuntimeException.class);
        registry.close();
    }

    // ---- laziness

    @Test
    void nothingIsMappedBeforeItIsUsed() throws SQLException {
        Factories factories = new Factories();
        try (Registry registry = open(factories.of(h2()).models(User.class))) {
            registry.main(SqlDatabase.class).jdbc().run(connection -> connection.isValid(1));
            registry.models().add("main", Visit.class);
            registry.onAnyModel(model -> model.as(SqlModel.class).column("note", "varchar(9)"));
            registry.invalidateModels();
            assertThat(factories.built()).isZero();
            registry.main(SqlDatabase.class).createAll();
            assertThat(count(registry.main(SqlDatabase.class), "Client")).isZero();
            assertThat(factories.built()).isEqualTo(1);
        }
    }

    @Test
    void partsAreBuiltAndDroppedOnTheirOwn() {
        Factories factories = new Factories();
        Registry registry = Registry.builder()
                .main(factories.of(h2()).models(User.class).createTables(false))
                .build();
        assertThatThrownBy(registry::initModels).isInstanceOf(NotOpenException.class);
        registry.invalidateModels();
        registry.connect();
        SqlDatabase database = registry.main(SqlDatabase.class);

        registry.initModels(ModelPart.MAPPING);
        registry.initModels(ModelPart.MAPPING);
        assertThat(factories.built()).isEqualTo(1);
        registry.initModels();
        assertThat(factories.built()).as("the other part too").isEqualTo(2);
        SessionFactory before = database.sessionFactory();
        registry.invalidateModels(ModelPart.ROUTING);
        assertThat(factories.open()).isEqualTo(1);
        assertThat(database.sessionFactory()).isSameAs(before);
        registry.invalidateModels();
        assertThat(factories.open()).isZero();
        assertThat(before.isClosed()).isTrue();
        assertThat(database.sessionFactory()).isNotSameAs(before);
        registry.close();
        assertThat(factories.open()).isZero();
    }

    @Test
    void modelsOfTenantsAreInitialisedAndInvalidatedToo() {
        Factories factories = new Factories();
        try (Registry registry = open(factories.of(h2()).models(Country.class).tenantModels(Label.class))) {
            registry.initModels();
            int built = factories.built();
            assertThat(factories.open()).as("one for all units of work").isEqualTo(1);
            registry.invalidateModels(ModelPart.ROUTING);
            registry.initModels(ModelPart.ROUTING);
            assertThat(factories.built()).isEqualTo(built + 1);
            assertThat(factories.open()).isEqualTo(1);
        }
    }

    @Test
    void aUnitKeepsWhatItBeganWithAlsoForWhatIsNestedInIt() {
        Factories factories = new Factories();
        try (Registry registry = open(factories.of(h2()).models(User.class).createTables(true))) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.run(session -> {
                registry.invalidateModels();
                database.nested().run(nested -> {
                    assertThat(nested.getSessionFactory()).isSameAs(session.getSessionFactory());
                    nested.persist(new User());
                });
                database.stateless()
                        .run(stateless -> assertThat(stateless.getFactory()).isSameAs(session.getSessionFactory()));
                database.requiresNew()
                        .run(other -> assertThat(other.getSessionFactory()).isNotSameAs(session.getSessionFactory()));
                assertThat(factories.open()).isEqualTo(2);
                assertThat(session.createSelectionQuery("from Client", User.class)
                                .getResultList())
                        .hasSize(1);
            });
            assertThat(factories.open()).as("closed with its last unit").isEqualTo(1);
            assertThat(count(database, "Client")).isEqualTo(1);
        }
        assertThat(factories.open()).isZero();
    }

    @Test
    void twoHundredInvalidationsUnderLoadBreakNoUnitAndLeaveOneOpenFactory() throws Exception {
        Factories factories = new Factories();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Registry registry = open(factories.of(h2()).models(User.class).createTables(true))) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                load.add(threads.submit(() -> {
                    while (!enough.get()) {
                        database.run(session -> {
                            User user = new User();
                            user.id = written.incrementAndGet();
                            session.persist(user);
                        });
                    }
                }));
            }
            for (int i = 0; i < 200; i++) {
                int built = factories.built();
                registry.invalidateModels();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> factories.built() > built);
            }
            enough.set(true);
            for (Future<?> thread : load) {
                thread.get(); // throws what a unit threw
            }
            assertThat(count(database, "Client")).isEqualTo(written.get());
            assertThat(factories.built()).isGreaterThan(200);
            assertThat(factories.open()).isEqualTo(1);
            await("the others are garbage").until(() -> {
                System.gc();
                return factories.reachable() == 1;
            });
        } finally {
            enough.set(true);
            threads.shutdown();
        }
        assertThat(factories.open()).isZero();
    }
}
