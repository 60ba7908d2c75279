package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotSupportedException;
import dev.regista.model.Registration;
import dev.regista.sql.signal.Change;
import dev.regista.sql.signal.Save;
import dev.regista.sql.signal.Signals;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.query.restriction.Path;
import org.hibernate.query.restriction.Restriction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What listeners are told of saves, deletes, queries and relations, and what they can change about them. */
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class SignalsIT {
    @Entity(name = "Pet")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Pet {
        @Id
        Long id;

        @Version
        int version;

        String name;
        String owner;

        @ManyToMany
        Set<Toy> toys = new HashSet<>();

        @ElementCollection
        List<String> nicknames = new ArrayList<>();

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        List<Visit> visits = new ArrayList<>();

        protected Pet() {}

        Pet(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Dog")
    static class Dog extends Pet {
        String breed;

        protected Dog() {}

        Dog(long id, String name) {
            super(id, name);
        }
    }

    @Entity(name = "Toy")
    @DynamicUpdate
    static class Toy {
        @Id
        Long id;

        String name;
        String colour;

        protected Toy() {}

        Toy(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Visit")
    static class Visit {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String reason;

        protected Visit() {}

        Visit(String reason) {
            this.reason = reason;
        }
    }

    private static Store.Fresh fresh;
    private static SqlDatabase database;

    @Parameter
    Store store;

    private final List<String> told = new ArrayList<>();
    private final List<Registration> registrations = new ArrayList<>();

    /** One for all tests of a product: listeners come and go while it is open. */
    @BeforeParameterizedClassInvocation
    static void open(Store store) {
        fresh = store.fresh();
        database = fresh.at()
                .models(Pet.class, Dog.class, Toy.class, Visit.class)
                .createTables(true)
                .build("main");
        database.connect();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.disconnect();
        fresh.close();
    }

    @AfterEach
    void clear() {
        registrations.forEach(Registration::unregister);
        database.run(session -> {
            session.createSelectionQuery("from Pet", Pet.class).getResultList().forEach(session::remove);
            session.flush();
            session.createSelectionQuery("from Visit", Visit.class)
                    .getResultList()
                    .forEach(session::remove);
            session.createSelectionQuery("from Toy", Toy.class).getResultList().forEach(session::remove);
        });
    }

    /** The listeners of the database, for the time of a test. */
    private Signals signals() {
        return (Signals) Proxy.newProxyInstance(
                SignalsIT.class.getClassLoader(), new Class<?>[] {Signals.class}, (proxy, method, args) -> {
                    Registration registration = (Registration) method.invoke(database.signals(), args);
                    registrations.add(registration);
                    return registration;
                });
    }

    private String name(long id) {
        return database.<String, RuntimeException>read(
                session -> session.createNativeQuery("select name from Pet where id = :id", String.class)
                        .setParameter("id", id)
                        .getSingleResultOrNull());
    }

    private void add(Object... entities) {
        database.run(session -> List.of(entities).forEach(session::persist));
    }

    private void listenToSaves() {
        signals().beforeSave(Object.class, save -> told.add("before " + text(save)));
        signals().afterSave(Object.class, save -> told.add("after " + text(save)));
    }

    private static String text(Save<Object> save) {
        String name = save.entity() instanceof Pet pet
                ? pet.name
                : save.entity().getClass().getSimpleName();
        return save.operation() + " " + name + (save.isSkipped() ? " skipped" : "");
    }

    @Test
    void aSaveTellsAnInsertFromAnUpdateAndWhatChanges() {
        List<Object> changes = new ArrayList<>();
        signals().afterSave(Pet.class, save -> changes.add(save.changes()));
        listenToSaves();

        add(new Pet(1, "Rex"));
        database.run(session -> session.find(Pet.class, 1L).name = "Max");

        assertThat(told)
                .containsExactly("before INSERT Rex", "after INSERT Rex", "before UPDATE Max", "after UPDATE Max");
        assertThat(changes.get(0).toString()).contains("name=" + new Change(null, "Rex", true));
        assertThat(changes.get(1).toString())
                .contains("name=" + new Change("Rex", "Max", true))
                .doesNotContain("owner");
    }

    @Test
    void aListenerIsForItsModelAndWhatExtendsIt() {
        signals().beforeSave(Pet.class, save -> told.add("pet " + save.entity().name));
        signals().beforeSave(Dog.class, save -> told.add("dog " + save.entity().name));

        add(new Pet(1, "Tom"), new Dog(2, "Rex"), new Toy(1, "ball"));

        assertThat(told).containsExactlyInAnyOrder("pet Tom", "pet Rex", "dog Rex");
    }

    @Test
    void aListenerIsNotCalledAnyMoreOnceItIsUnregistered() {
        Registration first = signals().beforeSave(Pet.class, save -> told.add("first"));
        signals().beforeSave(Pet.class, save -> told.add("second"));

        assertThat(first.unregister()).isTrue();
        assertThat(first.unregister()).isFalse();

        add(new Pet(1, "Rex"));

        assertThat(told).containsExactly("second");
    }

    @Test
    void aListenerBeforeAnInsertChangesWhatIsWrittenAndTheObjectWithIt() {
        signals()
                .beforeSave(
                        Pet.class, save -> save.set("name", save.entity().name.strip()));

        Pet pet = new Pet(1, "  Rex ");
        add(pet);
        assertThat(name(1)).isEqualTo("Rex");
        assertThat(pet.name).isEqualTo("Rex");

        database.stateless().run(session -> session.insert(new Pet(2, " Max")));
        assertThat(name(2)).isEqualTo("Max");
    }

    @Test
    void aListenerBeforeAnUpdateChangesWhatIsWrittenOnceAndForAll() {
        add(new Dog(1, "Rex"));
        signals().beforeUpdate(Pet.class, save -> {
            told.add(save.entity().name);
            save.set("owner", "Ada");
        });

        Dog changed = database.call(session -> {
            Dog dog = session.find(Dog.class, 1L);
            dog.name = "Max";
            session.flush();
            session.flush();
            return dog;
        });

        assertThat(told).containsExactly("Max");
        assertThat(changed.owner).isEqualTo("Ada");
        assertThat(database.read(session -> session.find(Pet.class, 1L)).owner).isEqualTo("Ada");
    }

    @Test
    void aValueThatHibernateWouldNotWriteIsRefused() {
        Dog rex = new Dog(1, "Rex");
        rex.breed = "poodle";
        add(rex, new Toy(1, "ball"));
        signals().beforeUpdate(Pet.class, save -> save.set("owner", "Ada"));
        signals().beforeUpdate(Toy.class, save -> save.set("colour", "red"));

        assertThatThrownBy(() -> database.run(session -> session.find(Dog.class, 1L).breed = "pug"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("owner");
        assertThatThrownBy(() -> database.run(
                        session -> session.find(Pet.class, 1L).nicknames.add("Rexy")))
                .isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> database.run(session -> session.find(Toy.class, 1L).name = "stick"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("@DynamicUpdate");
    }

    @Test
    void onlyWhatIsAColumnOfTheModelCanBeSet() {
        for (String wrong : List.of("id", "version", "toys", "colour")) {
            Registration registration = signals().beforeSave(Pet.class, save -> save.set(wrong, null));
            assertThatThrownBy(() -> add(new Pet(1, "Rex")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[name, owner]");
            registration.unregister();
        }
    }

    @Test
    void whatWasSavedCannotBeChangedAfterwards() {
        signals().afterSave(Pet.class, save -> save.set("name", "Max"));

        assertThatThrownBy(() -> add(new Pet(1, "Rex"))).isInstanceOf(IllegalStateException.class);
        assertThat(name(1)).isNull();
    }

    @Test
    void aSkippedInsertLeavesNoRowAndASessionThatGoesOn() {
        signals().beforeSave(Pet.class, save -> {
            if (save.entity().name.equals("Cujo")) {
                save.skip();
            }
        });
        listenToSaves();

        database.run(session -> {
            Pet cujo = new Pet(1, "Cujo");
            session.persist(cujo);
            session.flush();
            assertThat(session.contains(cujo)).isFalse();
            cujo.owner = "Stephen";
            session.persist(new Pet(2, "Rex"));
        });
        database.stateless().run(session -> session.insert(new Pet(3, "Cujo")));

        assertThat(name(1)).isNull();
        assertThat(name(2)).isEqualTo("Rex");
        assertThat(name(3)).isNull();
        assertThat(told)
                .containsExactly(
                        "after INSERT Cujo skipped",
                        "before INSERT Rex",
                        "after INSERT Rex",
                        "after INSERT Cujo skipped");
    }

    @Test
    void anInsertThatCannotBeSkippedIsRefused() {
        signals().beforeSave(Object.class, Save::skip);
        Pet pet = new Pet(1, "Rex");
        pet.nicknames.add("Rexy");

        assertThatThrownBy(() -> add(new Visit("cold"))).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> add(pet)).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void aSkippedUpdateLeavesTheRow() {
        add(new Pet(1, "Rex"));
        listenToSaves();
        Registration skipping = signals().beforeSave(Pet.class, Save::skip);

        Pet changed = database.call(session -> {
            Pet pet = session.find(Pet.class, 1L);
            pet.name = "Max";
            return pet;
        });
        assertThat(changed.name).isEqualTo("Max");
        assertThat(name(1)).isEqualTo("Rex");
        assertThat(told).contains("after UPDATE Max skipped");

        skipping.unregister();
        database.run(session -> session.find(Pet.class, 1L).name = "Max");
        assertThat(name(1)).isEqualTo("Max");
    }

    @Test
    void aDeletedObjectIsToldOfAlsoWhenItIsAnOrphan() {
        Pet rex = new Pet(1, "Rex");
        rex.visits.add(new Visit("cold"));
        rex.visits.add(new Visit("flea"));
        add(rex);
        signals().beforeDelete(Object.class, delete -> told.add("before " + label(delete.entity())));
        signals().afterDelete(Object.class, delete -> told.add("after " + label(delete.entity())));

        database.run(session -> session.find(Pet.class, 1L).visits.removeIf(visit -> visit.reason.equals("flea")));
        assertThat(told).containsExactly("before flea", "after flea");
        told.clear();
        database.run(session -> session.remove(session.getReference(Pet.class, 1L)));

        assertThat(told).containsExactlyInAnyOrder("before Rex", "before cold", "after Rex", "after cold");
    }

    private static String label(Object entity) {
        return entity instanceof Pet pet ? pet.name : ((Visit) entity).reason;
    }

    @Test
    void aSkippedDeleteLeavesTheRowItsLinksAndItsParts() {
        Pet rex = new Pet(1, "Rex");
        rex.visits.add(new Visit("cold"));
        rex.nicknames.add("Rexy");
        add(rex);
        signals().beforeDelete(Pet.class, delete -> {
            assertThat(delete.id()).isEqualTo(1L);
            delete.skip();
        });
        signals().afterDelete(Pet.class, delete -> told.add("skipped " + delete.isSkipped()));

        database.run(session -> session.remove(session.find(Pet.class, 1L)));
        database.stateless().run(session -> session.delete(session.get(Pet.class, 1L)));

        assertThat(told).containsExactly("skipped true", "skipped true");
        Pet left = database.read(session -> {
            Pet pet = session.find(Pet.class, 1L);
            assertThat(pet.visits).hasSize(1);
            assertThat(pet.nicknames).containsExactly("Rexy");
            return pet;
        });
        assertThat(left.name).isEqualTo("Rex");
    }

    @Test
    void linksThatAreAddedAndRemovedAreToldOf() {
        Toy ball = new Toy(1, "ball");
        Toy bone = new Toy(2, "bone");
        add(ball, bone);
        signals()
                .afterRelation(
                        Pet.class,
                        change -> told.add(change.owner().name + " " + change.attribute() + " +" + names(change.added())
                                + " -" + names(change.removed())));

        database.run(session -> {
            Pet rex = new Pet(1, "Rex");
            rex.nicknames.add("not a relation");
            rex.toys.add(session.find(Toy.class, 1L));
            session.persist(rex);
        });
        database.run(session -> {
            Pet rex = session.find(Pet.class, 1L);
            rex.toys.removeIf(toy -> toy.id == 1);
            rex.toys.add(session.find(Toy.class, 2L));
        });

        assertThat(told).containsExactly("Rex toys +[ball] -[]", "Rex toys +[bone] -[ball]");
    }

    private static List<String> names(List<Object> toys) {
        return toys.stream().map(toy -> ((Toy) toy).name).toList();
    }

    @Test
    void aQueryThatWritesIsToldOfWithItsRows() {
        add(new Pet(1, "Rex"), new Pet(2, "Max"));
        signals()
                .afterBulk(
                        Pet.class,
                        bulk -> told.add(bulk.operation() + " " + bulk.model().getSimpleName() + " " + bulk.rows()));
        signals()
                .afterBulk(
                        Object.class,
                        bulk -> told.add(
                                bulk.operation() + " " + bulk.statement().orElse("")));

        database.run(session -> {
            session.createMutationQuery("update Pet set owner = :owner")
                    .setParameter("owner", "Ada")
                    .executeUpdate();
            var builder = session.getCriteriaBuilder();
            var delete = builder.createCriteriaDelete(Pet.class);
            delete.where(builder.equal(delete.getRoot().get("name"), "Max"));
            assertThat(session.createMutationQuery(delete).executeUpdate()).isEqualTo(1);
        });
        database.stateless()
                .run(session ->
                        session.createNativeMutationQuery("delete from Toy").executeUpdate());

        assertThat(told)
                .containsExactly(
                        "UPDATE Pet 2",
                        "UPDATE update Pet set owner = :owner",
                        "DELETE Pet 1",
                        "DELETE ",
                        "NATIVE delete from Toy");
    }

    @Test
    void aQueryCanBeRestrictedAndSkipped() {
        add(new Pet(1, "Rex"), new Pet(2, "Max"), new Dog(3, "Max"));
        Registration restriction = signals()
                .beforeBulk(
                        Pet.class,
                        bulk -> bulk.restrict(
                                Path.from(Pet.class).to("id", Long.class).equalTo(2L)));

        int hql =
                database.call(session -> session.createMutationQuery("update Pet set owner = :owner where name = :name")
                        .setParameter("owner", "Ada")
                        .setParameter("name", "Max")
                        .executeUpdate());
        int criteria = database.stateless().call(session -> {
            var builder = session.getCriteriaBuilder();
            var delete = builder.createCriteriaDelete(Pet.class);
            delete.where(builder.equal(delete.getRoot().get("name"), "Max"));
            return session.createMutationQuery(delete).executeUpdate();
        });
        assertThat(hql).isEqualTo(1);
        assertThat(criteria).isEqualTo(1);
        assertThat(name(2)).isNull();
        assertThat(name(3)).isEqualTo("Max");

        restriction.unregister();
        signals().beforeBulk(Object.class, bulk -> bulk.skip());
        assertThat(database.<Integer, RuntimeException>call(session ->
                        session.createMutationQuery("delete from Pet").executeUpdate()))
                .isZero();
        assertThat(name(3)).isEqualTo("Max");
    }

    @Test
    void aNativeQueryCannotBeRestricted() {
        signals().beforeBulk(Object.class, bulk -> bulk.restrict(Restriction.unrestricted()));

        assertThatThrownBy(() -> database.run(session ->
                        session.createNativeMutationQuery("delete from Pet").executeUpdate()))
                .isInstanceOf(NotSupportedException.class);
    }

    @Test
    void whatAListenerThrowsReachesTheCallerAndUndoesTheUnit() {
        class Refused extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        Refused refused = new Refused();
        signals().afterSave(Dog.class, save -> {
            throw refused;
        });

        assertThatThrownBy(() -> add(new Pet(1, "Tom"), new Dog(2, "Rex"))).isSameAs(refused);
        assertThat(name(1)).isNull();
    }

    @Test
    void aListenerWritesInTheTransactionOfTheUnit() {
        signals()
                .afterSave(
                        Pet.class,
                        save -> save.stateless().insert(new Toy(save.entity().id, "of " + save.entity().name)));

        add(new Pet(1, "Rex"), new Pet(2, "Max"));
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Pet(3, "Tom"));
                    session.flush();
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(database.<List<String>, RuntimeException>read(
                        session -> session.createSelectionQuery("select name from Toy order by id", String.class)
                                .getResultList()))
                .containsExactly("of Rex", "of Max");
    }

    @Test
    void aStatelessSessionTellsWhatItDoes() {
        add(new Pet(1, "Rex"));
        listenToSaves();
        signals()
                .afterSave(
                        Pet.class,
                        save -> told.add("known " + save.changes().get("name").isKnown()));

        database.stateless().run(session -> {
            Pet rex = session.get(Pet.class, 1L);
            rex.name = "Max";
            session.update(rex);
            session.upsert(new Toy(1, "ball"));
            session.insertMultiple(List.of(new Toy(2, "bone"), new Toy(3, "stick")));
        });

        assertThat(told)
                .containsExactly(
                        "before UPDATE Max",
                        "after UPDATE Max",
                        "known false",
                        "before UPSERT Toy",
                        "after UPSERT Toy",
                        "before INSERT Toy",
                        "after INSERT Toy",
                        "before INSERT Toy",
                        "after INSERT Toy");
    }

    @Test
    void listenersOfTheBuilderStayWhenTheDatabaseIsOpenedAgain() {
        try (Store.Fresh other = store.fresh()) {
            SqlDatabase built = other.at()
                    .models(Toy.class)
                    .createTables(true)
                    .signals(signals -> signals.beforeSave(Toy.class, save -> told.add(save.database())))
                    .build("other");
            for (int i = 0; i < 2; i++) {
                int id = i;
                built.connect();
                built.run(session -> session.persist(new Toy(id, "ball")));
                built.disconnect();
            }
            assertThat(told).containsExactly("other", "other");
        }
    }
}
