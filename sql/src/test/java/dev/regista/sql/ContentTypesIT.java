package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotSupportedException;
import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.Typed.Pet;
import dev.regista.sql.Typed.Secretive;
import dev.regista.sql.Typed.Truck;
import dev.regista.sql.Typed.Upload;
import dev.regista.sql.Typed.Vehicle;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.contenttype.UnknownModelException;
import dev.regista.testing.LeakChecker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.JDBCException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** D.2 to D.14, D.23, D.24: content types in the database of their rows, on every product. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class ContentTypesIT {
    private static Store.Fresh fresh;
    private static SqlDatabase database;

    @Parameter
    Store store;

    @BeforeParameterizedClassInvocation
    static void open(Store store) {
        fresh = store.fresh();
        database = fresh.at()
                .models(
                        Person.class,
                        Pet.class,
                        Company.class,
                        Vehicle.class,
                        Truck.class,
                        Upload.class,
                        Secretive.class)
                .contentTypes()
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
    void empty() {
        database.run(session -> {
            for (String model : List.of("Person", "Pet", "Company", "Vehicle", "Upload", "Secretive")) {
                session.createSelectionQuery("from " + model, Object.class)
                        .getResultList()
                        .forEach(session::remove);
            }
        });
        database.run(session ->
                session.createMutationQuery("delete from ContentType").executeUpdate());
    }

    private static ContentTypes types() {
        return ContentTypes.of(database);
    }

    private static <T> T persisted(T entity) {
        database.run(session -> session.persist(entity));
        return entity;
    }

    private static long rows(String model) {
        return database.read(session -> session.createSelectionQuery("select count(*) from " + model, Long.class)
                .getSingleResult());
    }

    /** Hibernate does not know SQLite's violations for what they are. */
    private Class<? extends Throwable> refused() {
        return store == Store.SQLITE ? JDBCException.class : ConstraintViolationException.class;
    }

    @Test
    void aRowCreatedWithoutMentionOfAContentTypeGetsOneOfItsModelsName() {
        Person ada = persisted(new Person("Ada"));

        ContentType type = types().findOf(ada).orElseThrow();
        assertThat(type.name()).isEqualTo("Person");
        assertThat(type.schema()).isEmpty();
        assertThat(type.tenantId()).isEmpty();
        assertThat(type.database()).isEmpty();
        assertThat(type.collisionKey()).isEmpty();
        assertThat(types().count()).isEqualTo(1);
        assertThat(types().count(Person.class)).isEqualTo(1);
        assertThat(types().count(Pet.class)).isZero();
    }

    @Test
    void rowsOfAllKindsOfModelsHaveOne() {
        Truck truck = new Truck();
        truck.load = 7;
        persisted(truck);
        Company company = persisted(new Company("c1"));

        assertThat(types().findOf(truck).orElseThrow().name()).isEqualTo("Truck");
        assertThat(types().findOf(company).orElseThrow().name()).isEqualTo("Company");
    }

    @Test
    void theLinkIsRequiredAndUnique() {
        Person ada = persisted(new Person("Ada"));
        UUID type = types().findOf(ada).orElseThrow().id();
        assertThatThrownBy(() -> database.jdbc().run(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate(
                                "insert into typed_person (id, version, name) values (-1, 0, 'without')");
                    }
                }))
                .isNotNull();
        assertThatThrownBy(() -> database.run(session -> session.createNativeMutationQuery(
                                "insert into typed_person (id, version, name, content_type)"
                                        + " select -1, 0, 'twice', content_type from typed_person")
                        .executeUpdate()))
                .isInstanceOf(refused());
        assertThat(type).isNotNull();
    }

    @Test
    void whatTheCallerWantsInTheContentTypeIsStored() {
        Person ada = types().with(new Person("Ada"), type -> type.collisionKey("ada"));
        persisted(ada);
        Person merged = database.call(
                session -> session.merge(types().with(new Person("Grace"), type -> type.collisionKey("grace"))));
        Company inserted = types().with(new Company("c"), type -> type.collisionKey("company"));
        database.stateless().run(session -> session.insert(inserted));

        assertThat(types().findByKey("ada").flatMap(types()::findRow))
                .get()
                .extracting(row -> ((Person) row).id)
                .isEqualTo(ada.id);
        assertThat(types().findOf(merged).orElseThrow().collisionKey()).contains("grace");
        assertThat(types().findOf(inserted).orElseThrow().collisionKey()).contains("company");
    }

    @Test
    void aRowThatIsSavedAgainKeepsItsContentType() {
        Person ada = persisted(new Person("Ada"));
        UUID type = types().findOf(ada).orElseThrow().id();

        database.run(session -> session.find(Person.class, ada.id).name = "Ada L.");
        ada.name = "Ada King";
        ada.version = 1;
        ada.nicknames.add("enchantress");
        database.run(session -> session.merge(ada));
        database.stateless().run(session -> {
            Person loaded = session.get(Person.class, ada.id);
            loaded.name = "Lovelace";
            session.update(loaded);
        });

        assertThat(types().count()).isEqualTo(1);
        assertThat(types().findOf(ada).orElseThrow().id()).isEqualTo(type);
    }

    @Test
    void cascadedRowsAndMergedOnesHaveTheirOwn() {
        Person ada = new Person("Ada");
        ada.pets.add(new Pet("Puff"));
        persisted(ada);
        Person grace = new Person("Grace");
        grace.pets.add(new Pet("Tom"));
        database.run(session -> session.merge(grace));

        assertThat(types().count(Person.class)).isEqualTo(2);
        assertThat(types().count(Pet.class)).isEqualTo(2);
    }

    @Test
    void rowsCreatedInBulkHaveOneEach() {
        List<Company> companies =
                IntStream.range(0, 300).mapToObj(i -> new Company("b" + i)).toList();
        database.run(session -> companies.forEach(session::persist));
        database.stateless()
                .run(session -> session.insertMultiple(IntStream.range(0, 300)
                        .mapToObj(i -> new Company("m" + i))
                        .toList()));

        assertThat(types().count(Company.class)).isEqualTo(600);
        assertThat(types().findOf(companies.get(200)).flatMap(types()::findRow))
                .get()
                .extracting(row -> ((Company) row).code)
                .isEqualTo("b200");
    }

    @Test
    void anUpsertKeepsTheContentTypeThatThereIs() {
        Company company = new Company("u");
        database.stateless().run(session -> session.upsert(company));
        UUID type = types().findOf(company).orElseThrow().id();
        company.name = "changed";
        database.stateless().run(session -> session.upsert(company));

        assertThat(types().count()).isEqualTo(1);
        assertThat(types().findOf(company).orElseThrow().id()).isEqualTo(type);
        assertThat(database.<Company, RuntimeException>read(session -> session.find(Company.class, "u")).name)
                .isEqualTo("changed");
    }

    @Test
    void fromAContentTypeToItsRowAndBack() {
        Person ada = persisted(new Person("Ada"));
        ContentType type = types().findOf(ada).orElseThrow();

        assertThat(types().findRow(type).orElseThrow()).isInstanceOf(Person.class);
        assertThat(types().find(type.id())).get().extracting(ContentType::id).isEqualTo(type.id());
        assertThat(types().find(UUID.randomUUID())).isEmpty();
        database.run(session -> {
            Person managed = session.find(Person.class, ada.id);
            ContentTypes within = ContentTypes.of(database, session);
            assertThat(within.findRow(within.findOf(managed).orElseThrow())).containsSame(managed);
            Person unsaved = new Person("not flushed yet");
            session.persist(unsaved);
            assertThat(within.findOf(unsaved)).isPresent();
        });
    }

    @Test
    void twoRowsOfDifferentModelsCannotHaveOneCollisionKeyAndOfTheSecondNothingRemains() {
        persisted(types().with(new Person("Ada"), type -> type.collisionKey("same")));

        assertThatThrownBy(() -> persisted(types().with(new Company("c"), type -> type.collisionKey("same"))))
                .isInstanceOf(refused());
        assertThat(rows("Company")).isZero();
        assertThat(types().count()).isEqualTo(1);
    }

    @Test
    void anInsertThatFailsLeavesNoContentType() {
        persisted(new Company("c"));

        assertThatThrownBy(() -> persisted(new Company("c"))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> database.stateless().run(session -> session.insert(new Company("c"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(types().count()).isEqualTo(1);
    }

    @Test
    void aContentTypeThatIsDeletedTakesItsRowWithIt() {
        Person ada = new Person("Ada");
        ada.nicknames.add("enchantress");
        ada.pets.add(new Pet("Puff"));
        persisted(ada);
        Truck truck = persisted(new Truck());

        assertThat(types().delete(types().findOf(ada).orElseThrow())).isTrue();
        assertThat(rows("Person")).isZero();
        assertThat(rows("Pet")).isZero();
        ContentType ofTruck = types().findOf(truck).orElseThrow();
        database.run(session -> session.remove(session.find(ofTruck.getClass(), ofTruck.id())));
        assertThat(rows("Vehicle")).isZero();
        assertThat(types().count()).isZero();
        assertThat(types().delete(ofTruck)).isFalse();
    }

    @Test
    void contentTypesDeletedByQueryTakeTheirRowsWithThem() {
        Person ada = new Person("Ada");
        ada.nicknames.add("enchantress");
        persisted(ada);
        persisted(new Truck());
        persisted(new Company("stays"));

        database.run(session -> assertThat(
                        session.createMutationQuery("delete from ContentType where name in ('Person', 'Truck')")
                                .executeUpdate())
                .isEqualTo(2));
        assertThat(rows("Person")).isZero();
        assertThat(rows("Vehicle")).isZero();
        assertThat(rows("Company")).isEqualTo(1);
    }

    @Test
    void aRowThatIsDeletedTakesItsContentTypeWithIt() {
        Person ada = new Person("Ada");
        ada.nicknames.add("enchantress");
        ada.pets.add(new Pet("Puff"));
        persisted(ada);
        Truck truck = persisted(new Truck());
        Company company = persisted(new Company("c"));
        Company bulk = persisted(new Company("bulk"));

        database.run(session -> session.remove(session.find(Person.class, ada.id)));
        assertThat(types().count()).isEqualTo(3);
        database.run(session -> session.remove(session.merge(truck)));
        assertThat(types().count()).isEqualTo(2);
        database.stateless().run(session -> session.delete(company));
        assertThat(types().count()).isEqualTo(1);
        database.stateless().run(session -> session.deleteMultiple(List.of(bulk)));
        assertThat(types().count()).isZero();
    }

    @Test
    void aRowRemovedInTheUnitThatCreatedItLeavesNothing() {
        database.run(session -> {
            Person ada = new Person("Ada");
            session.persist(ada);
            session.remove(ada);
        });
        database.run(session -> {
            Person ada = new Person("Ada");
            session.persist(ada);
            session.flush();
            session.remove(ada);
        });
        Person ada = new Person("Ada");
        ada.pets.add(new Pet("orphan"));
        persisted(ada);
        database.run(session -> session.find(Person.class, ada.id).pets.clear());

        assertThat(types().count(Person.class)).isEqualTo(1);
        assertThat(types().count(Pet.class)).isZero();
    }

    @Test
    void rowsDeletedByQueryTakeTheirContentTypesWithThem() {
        for (String name : List.of("a", "b", "c")) {
            Person person = new Person(name);
            person.nicknames.add(name + name);
            persisted(person);
        }
        Truck truck = new Truck();
        truck.load = 9;
        truck.wheels = 6;
        persisted(truck);
        persisted(new Truck());

        database.run(session -> assertThat(session.createMutationQuery("delete from Person where name in (:names)")
                        .setParameterList("names", List.of("a", "b"))
                        .executeUpdate())
                .isEqualTo(2));
        assertThat(types().count(Person.class)).isEqualTo(1);
        database.stateless()
                .run(session -> assertThat(
                                session.createMutationQuery("delete from Truck where load = 9 and wheels = ?1")
                                        .setParameter(1, 6)
                                        .executeUpdate())
                        .isEqualTo(1));
        assertThat(types().count(Truck.class)).isEqualTo(1);
        database.run(session -> {
            var builder = session.getCriteriaBuilder();
            var delete = builder.createCriteriaDelete(Person.class);
            delete.where(builder.equal(delete.from(Person.class).get("name"), "c"));
            assertThat(session.createMutationQuery(delete).executeUpdate()).isEqualTo(1);
        });
        assertThat(types().count()).isEqualTo(1);
        database.run(session -> assertThat(session.createMutationQuery("update Vehicle set wheels = 3")
                        .executeUpdate())
                .isEqualTo(1));
    }

    @Test
    void allContentTypesDeletedByQueryAreAllRowsOfAllModels() {
        persisted(new Person("Ada"));
        persisted(new Company("c"));
        persisted(new Truck());
        persisted(new Secretive());

        database.run(session ->
                session.createMutationQuery("delete from ContentType").executeUpdate());
        assertThat(rows("Person") + rows("Company") + rows("Vehicle")).isZero();
        assertThat(rows("Secretive")).isEqualTo(1);
    }

    @Test
    void modelsThatWantNoPartAreLeftAlone() {
        Upload upload = persisted(new Upload());
        Secretive secretive = persisted(new Secretive());

        assertThat(types().count()).isZero();
        assertThat(types().findOf(upload)).isEmpty();
        assertThat(types().findOf(secretive)).isEmpty();
    }

    @Test
    void theRowsOfAllModelsCanBeWalkedOver() {
        database.run(session -> {
            for (int i = 0; i < 1100; i++) {
                session.persist(new Company("w" + i));
            }
        });
        Person ada = persisted(new Person("Ada"));
        Truck truck = persisted(new Truck());

        Set<Object> seen = new HashSet<>();
        try (var rows = types().rows(type -> !type.name().equals("Company") || type.id() != null)) {
            rows.forEach(row -> seen.add(
                    row.row() instanceof Company company
                            ? company.code
                            : row.type().name()));
        }
        assertThat(seen).hasSize(1102).contains("w0", "w1099", "Person", "Truck");
        assertThat(types().rows(type -> type.name().equals("Person")).map(row -> ((Person) row.row()).id))
                .containsExactly(ada.id);
        // Walking and asking in one unit, on the same session.
        List<Object> loaded = database.call(session -> {
            List<Object> found = new ArrayList<>();
            ContentTypes.of(database, session)
                    .rows(type -> type.name().equals("Truck"))
                    .forEach(row -> found.add(types().findRow(row.type()).orElseThrow()));
            return found;
        });
        assertThat(loaded)
                .hasSize(1)
                .first()
                .extracting(row -> ((Truck) row).id)
                .isEqualTo(truck.id);
    }

    @Test
    void aContentTypeOfAModelThatIsGoneHasNoRowAndCanBeDeleted() {
        Person ada = persisted(new Person("Ada"));
        ContentType type = types().findOf(ada).orElseThrow();
        database.run(session -> session.createMutationQuery("update ContentType set name = 'Removed'")
                .executeUpdate());
        ContentType renamed = types().find(type.id()).orElseThrow();

        assertThatThrownBy(() -> types().findRow(renamed))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageContaining("Removed")
                .hasMessageContaining("Company, Person, Pet, Truck, Vehicle");
        assertThat(types().rows(any -> true)).isEmpty();
        assertThat(types().delete(renamed)).isTrue();
        assertThat(types().count()).isZero();
    }

    @Test
    void orphansCanBeRemoved() throws SQLException {
        persisted(new Person("Ada"));
        persisted(new Company("c"));
        database.jdbc().run(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("delete from typed_person");
            }
        });
        assertThat(types().count()).isEqualTo(2);

        assertThat(types().removeOrphans()).isEqualTo(1);
        assertThat(types().count()).isEqualTo(1);
        assertThat(rows("Company")).isEqualTo(1);
    }

    @Test
    void insertsByQueryAreRefused() {
        assertThatThrownBy(() -> database.run(
                        session -> session.createMutationQuery("insert into Company (code, name) values ('q', 'q')")
                                .executeUpdate()))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> database.run(
                        session -> session.createMutationQuery("insert into Truck (load, wheels) values (1, 2)")
                                .executeUpdate()))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("content type");
        assertThat(rows("Company") + rows("Vehicle")).isZero();
    }

    @Test
    void withoutContentTypesThereIsNothing() {
        SqlDatabase plain = SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID())
                .models(Person.class, Pet.class)
                .createTables(true)
                .build("plain");
        plain.connect();
        try {
            assertThatThrownBy(plain::contentTypes)
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("contentTypes()");
            assertThatThrownBy(
                            () -> plain.read(session -> session.createSelectionQuery("from ContentType", Object.class)
                                    .getResultList()))
                    .hasMessageContaining("ContentType");
            plain.run(session -> session.persist(new Person("Ada")));
        } finally {
            plain.disconnect();
        }
    }

    @AfterAll
    static void forget() {
        database = null;
    }
}
