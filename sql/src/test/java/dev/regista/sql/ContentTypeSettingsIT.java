package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Explicit;
import dev.regista.sql.Typed.Kind;
import dev.regista.sql.Typed.OtherKind;
import dev.regista.sql.Typed.OwnInsert;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.Typed.Pet;
import dev.regista.sql.Typed.Truck;
import dev.regista.sql.Typed.Vehicle;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.schema.Schemas;
import dev.regista.testing.LeakChecker;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** D.5, D.15, D.16, D.20 to D.22, D.29, D.30: content types with other settings than the defaults. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class ContentTypeSettingsIT {
    @Parameter
    Store store;

    private Store.Fresh fresh;
    private SqlDatabase database;

    private SqlDatabase open(ContentTypeSettings settings, Class<?>... models) {
        fresh = store.fresh();
        database = fresh.at()
                .models(models)
                .contentTypes(settings)
                .createTables(true)
                .build("main");
        database.connect();
        return database;
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.disconnect();
            fresh.close();
        }
    }

    private ContentTypes types() {
        return ContentTypes.of(database);
    }

    private static long count(Session session, String model) {
        return session.createSelectionQuery("select count(*) from " + model, Long.class)
                .getSingleResult();
    }

    private long rows(String model) {
        return database.read(session -> count(session, model));
    }

    @Test
    void aCallbackCanChangeTheirTable() throws SQLException {
        fresh = store.fresh();
        Registry registry = Registry.builder()
                .main(fresh.at().models(Company.class).contentTypes().createTables(true))
                .build();
        registry.onModel(
                "ContentType", model -> model.as(SqlModel.class).table("kinds").column("imported", "varchar(20)"));
        registry.connect();
        try {
            SqlDatabase main = registry.main(SqlDatabase.class);
            main.run(session -> session.persist(new Company("c")));
            assertThat(main.jdbc().<Integer, SQLException>read(connection -> {
                        try (var statement = connection.createStatement();
                                var rows =
                                        statement.executeQuery("select count(*) from kinds where imported is null")) {
                            rows.next();
                            return rows.getInt(1);
                        }
                    }))
                    .isEqualTo(1);
        } finally {
            registry.disconnect();
            fresh.close();
        }
    }

    @Test
    void withoutAConstraintBothDirectionsCascadeAllTheSame() {
        open(ContentTypeSettings.DEFAULT.constraint(false), Person.class, Pet.class, Vehicle.class, Truck.class);
        database.run(session -> {
            for (int i = 0; i < 4; i++) {
                Person person = new Person("p" + i);
                person.nicknames.add("n" + i);
                session.persist(types().with(person, type -> type.collisionKey(person.name)));
                session.persist(types().with(new Truck(), type -> type.collisionKey("t" + person.name)));
            }
        });

        assertThat(types().delete(types().findByKey("p0").orElseThrow())).isTrue();
        assertThat(types().delete(types().findByKey("tp0").orElseThrow())).isTrue();
        assertThat(rows("Person")).isEqualTo(3);
        assertThat(rows("Truck")).isEqualTo(3);
        database.run(session -> assertThat(
                        session.createMutationQuery("delete from ContentType where collisionKey in ('p1', 'tp1')")
                                .executeUpdate())
                .isEqualTo(2));
        assertThat(rows("Person")).isEqualTo(2);
        assertThat(rows("Truck")).isEqualTo(2);
        ContentType ofP2 = types().findByKey("p2").orElseThrow();
        database.stateless().run(session -> session.delete(ofP2));
        assertThat(rows("Person")).isEqualTo(1);
        database.run(session -> session.remove(
                session.createSelectionQuery("from Person", Person.class).getSingleResult()));
        database.run(session -> session.createMutationQuery("delete from Truck").executeUpdate());
        assertThat(types().count()).isZero();
    }

    @Test
    void withoutAConstraintThereIsNoForeignKey() throws SQLException {
        open(ContentTypeSettings.DEFAULT.constraint(false), Company.class);

        database.jdbc().run(connection -> {
            try (var statement = connection.prepareStatement(
                    "insert into typed_company (code, name, content_type) values ('x', 'x', ?)")) {
                byte[] bytes = new byte[16];
                if (store == Store.SQLITE) {
                    statement.setBytes(1, bytes);
                } else {
                    statement.setObject(1, store == Store.MARIADB ? new UUID(0, 1).toString() : new UUID(0, 1));
                }
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        });
    }

    @Test
    void aPrototypeHasColumnsOfItsOwnAndTheNameOfContentTypes() {
        open(ContentTypeSettings.DEFAULT.prototype(Kind.class), Company.class);
        database.run(
                session -> session.persist(types().with(new Company("c"), Kind.class, kind -> kind.note = "a note")));

        assertThat(database.<Kind, RuntimeException>read(
                                session -> session.createSelectionQuery("from ContentType", Kind.class)
                                        .getSingleResult())
                        .note)
                .isEqualTo("a note");
        assertThat(types().rows(type -> type instanceof Kind kind && "a note".equals(kind.note)))
                .hasSize(1);
        assertThatThrownBy(() -> types().with(new Company("d"), OtherKind.class, kind -> {}))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void aFieldOfTheClassIsUsedAndRequiredAndUnique() throws ReflectiveOperationException {
        open(ContentTypeSettings.DEFAULT.prototype(Kind.class), Explicit.class);
        Explicit none = new Explicit();
        Explicit given = new Explicit();
        given.kind = new Kind();
        given.kind.note = "given";
        rename(given.kind, "Wrong");
        Explicit stateless = new Explicit();
        Explicit upserted = new Explicit();
        database.run(session -> session.persist(none));
        database.run(session -> session.persist(given));
        database.stateless().run(session -> session.insert(stateless));
        database.stateless().run(session -> session.insertMultiple(List.of(upserted)));

        assertThat(none.kind.name()).isEqualTo("Explicit");
        assertThat(given.kind.name()).isEqualTo("Explicit");
        assertThat(stateless.kind.name()).isEqualTo("Explicit");
        assertThat(types().findOf(given))
                .get()
                .extracting(type -> ((Kind) type).note)
                .isEqualTo("given");
        assertThat(types().count()).isEqualTo(4);
        Explicit second = new Explicit();
        assertThatThrownBy(() -> database.run(session -> {
                    second.kind = session.find(Kind.class, given.kind.id());
                    session.persist(second);
                }))
                .isInstanceOf(RuntimeException.class);
        database.run(session -> session.find(Explicit.class, given.id).kind.note = "changed");
        assertThat(types().findOf(given))
                .get()
                .extracting(type -> ((Kind) type).note)
                .isEqualTo("changed");
        database.run(session -> session.remove(session.find(Explicit.class, none.id)));
        database.run(session -> session.createMutationQuery("delete from Explicit where id = :id")
                .setParameter("id", stateless.id)
                .executeUpdate());
        assertThat(types().count()).isEqualTo(2);
        assertThat(types().delete(types().findOf(given).orElseThrow())).isTrue();
        assertThat(rows("Explicit")).isEqualTo(1);
    }

    private static void rename(ContentType type, String name) throws ReflectiveOperationException {
        Field field = ContentType.class.getDeclaredField("name");
        field.setAccessible(true);
        field.set(type, name);
    }

    @Test
    void modelsCanBeLeftOutByTheSettings() {
        open(ContentTypeSettings.DEFAULT.without(Vehicle.class), Vehicle.class, Truck.class, Company.class);
        database.run(session -> {
            session.persist(new Truck());
            session.persist(new Company("c"));
        });

        assertThat(types().count()).isEqualTo(1);
    }

    @Test
    void aModelThatCannotCarryTheLinkIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> open(ContentTypeSettings.DEFAULT, OwnInsert.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("OwnInsert")
                .hasMessageContaining("@SQLInsert")
                .hasMessageContaining("@NoContentType");
    }

    @Test
    void aPrototypeMustBeAnEntity() {
        assertThatThrownBy(() -> SqlDatabase.at("jdbc:h2:mem:x")
                        .contentTypes(ContentTypeSettings.DEFAULT.prototype(OtherKind.class))
                        .build("main"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("OtherKind");
    }

    @Test
    void ofTwoDatabasesWithTheSameModelsEachHasItsOwn() {
        open(ContentTypeSettings.DEFAULT, Company.class);
        SqlDatabase other = SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID())
                .models(Company.class)
                .createTables(true)
                .build("other");
        other.connect();
        try {
            other.run(session -> session.persist(new Company("there")));
            database.run(session -> session.persist(new Company("here")));
            assertThat(types().count()).isEqualTo(1);
        } finally {
            other.disconnect();
        }
    }

    @Test
    void anExistingProjectAddsTheColumnFillsItAndTightensIt() {
        fresh = store.fresh();
        SqlDatabase before = fresh.at()
                .models(Company.class, Vehicle.class, Truck.class)
                .createTables(true)
                .build("before");
        before.connect();
        before.run(session -> {
            for (int i = 0; i < 700; i++) {
                session.persist(new Company("old" + i));
            }
            session.persist(new Truck());
            session.persist(new Vehicle());
        });
        String type = store == Store.SQLITE ? "blob" : "uuid";
        before.run(session -> {
            session.createNativeMutationQuery("alter table typed_company add column content_type " + type)
                    .executeUpdate();
            session.createNativeMutationQuery("alter table typed_vehicle add column content_type " + type)
                    .executeUpdate();
        });
        database = fresh.at()
                .models(Company.class, Vehicle.class, Truck.class)
                .contentTypes()
                .createTables(true)
                .build("after");
        database.connect();
        before.disconnect();
        database.run(session -> session.persist(new Company("new")));

        assertThat(types().fill()).isEqualTo(702);
        assertThat(types().fill()).isZero();
        assertThat(types().count()).isEqualTo(703);
        assertThat(types().count(Truck.class)).isEqualTo(1);
        assertThat(types().count(Vehicle.class)).isEqualTo(1);
        assertThat(types().rows(any -> true)).hasSize(703);
    }

    @Test
    void toolsThatCreateSchemasSeeTheTableAndTheColumn() {
        open(ContentTypeSettings.DEFAULT, Company.class);
        List<String> creation = database.modelSchema().creation(Schemas.Contents.MODELS, "scratch", "none");

        assertThat(creation).anyMatch(sql -> sql.contains("contenttypes") && sql.contains("collision_key"));
        assertThat(creation)
                .anyMatch(sql ->
                        sql.contains("typed_company") && sql.contains("content_type ") && sql.contains("not null"));
        if (store != Store.SQLITE) {
            assertThat(creation)
                    .anyMatch(sql -> sql.contains("foreign key (content_type)") && sql.contains("on delete cascade"))
                    .filteredOn(sql -> sql.contains("contenttypes"))
                    .allMatch(sql -> sql.contains("scratch"));
        }
    }

    @Test
    void nothingIsKeptOfSessionsAndObjectsThatAreGone() {
        open(ContentTypeSettings.DEFAULT, Company.class);
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String code = "c" + i;
            database.run(session -> {
                Company company = types().with(new Company(code), type -> type.collisionKey(code));
                session.persist(company);
                gone.add(new WeakReference<>(company));
            });
            database.run(session -> {
                session.remove(session.find(Company.class, code));
                session.flush();
                session.createMutationQuery("delete from Company").executeUpdate();
                gone.add(new WeakReference<>(session));
            });
            // Looks for content types, and never comes to an end.
            assertThatThrownBy(() -> database.run(session -> {
                        session.persist(new Company("x"));
                        session.flush();
                        session.persist(types().with(new Company("y"), type -> type.collisionKey("k".repeat(300))));
                        gone.add(new WeakReference<>(session));
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }

        Awaitility.await().untilAsserted(() -> {
            System.gc();
            // The last of each may still be on the stack.
            assertThat(gone.stream()
                            .filter(reference -> reference.get() != null)
                            .count())
                    .isLessThan(5);
        });
    }
}
