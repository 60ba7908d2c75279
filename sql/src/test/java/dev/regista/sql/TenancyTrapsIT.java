package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.regista.ConfigurationException;
import dev.regista.Connection;
import dev.regista.NotSupportedException;
import dev.regista.TenantSuspendedException;
import dev.regista.UnknownTenantException;
import dev.regista.WrongTenantException;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.sql.tenancy.TenantModel;
import dev.regista.sql.tenancy.TenantState;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.ConstraintMode;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.TableGenerator;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways in which a row, a name or a connection could end up with the wrong tenant. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenancyTrapsIT {
    /** On MariaDB, schemas belong to the whole server. */
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);

    private final String acme = "acme" + suffix;
    private final String beta = "beta" + suffix;

    @Parameter
    Store store;

    private Store.Fresh fresh;
    private SqlDatabase database;

    @AfterEach
    void close() {
        if (database != null && database.isOpen()) {
            database.dropAll();
            database.disconnect();
        }
        if (fresh != null) {
            fresh.close();
        }
    }

    private void open(Class<?>... models) {
        fresh = store.fresh();
        open(fresh.at().models(models));
    }

    private void open(SqlDatabaseBuilder builder) {
        database = builder.pool(PoolSettings.ofSize(1)).createTables(true).build("main");
        database.connect();
    }

    private void createBoth() {
        database.tenants().create(acme);
        database.tenants().create(beta);
    }

    private List<String> list(String tenant, String query) {
        return database.tenant(tenant)
                .<List<String>, RuntimeException>read(session ->
                        session.createSelectionQuery(query, String.class).getResultList());
    }

    // ---- what cannot be told apart is refused

    @Entity(name = "Parent")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class SharedParent {
        @Id
        Long id;
    }

    @Entity(name = "Child")
    @TenantModel
    static class TenantChild extends SharedParent {
        String text;
    }

    @Entity(name = "Pinned")
    @TenantModel
    @Table(schema = "legacy", catalog = "legacy")
    static class Pinned {
        @Id
        Long id;
    }

    @Entity(name = "NoConstraint")
    static class NoConstraint {
        @Id
        Long id;

        @ManyToOne
        @JoinColumn(foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
        Label label;
    }

    @Entity(name = "MayBeMissing")
    static class MayBeMissing {
        @Id
        Long id;

        @ManyToOne
        @NotFound(action = NotFoundAction.IGNORE)
        Label label;
    }

    @Entity(name = "Many")
    static class Many {
        @Id
        Long id;

        @ManyToMany
        @JoinTable(inverseForeignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
        List<Label> labels = new ArrayList<>();
    }

    @Entity(name = "Owner")
    static class SharedOwner {
        @Id
        Long id;

        @OneToMany(mappedBy = "owner")
        List<OwnedByShared> all = new ArrayList<>();
    }

    @Entity(name = "Owned")
    @TenantModel
    static class OwnedByShared {
        @Id
        Long id;

        @ManyToOne
        SharedOwner owner;
    }

    @Test
    void aMappingInWhichTenantsCouldMeetIsRefused() {
        Map<String, Class<?>[]> wrong = new LinkedHashMap<>();
        wrong.put("rows in one hierarchy", new Class<?>[] {SharedParent.class, TenantChild.class});
        wrong.put("must not name a schema", new Class<?>[] {Pinned.class});
        wrong.put("NoConstraint cannot refer to", new Class<?>[] {NoConstraint.class, Label.class});
        wrong.put("MayBeMissing cannot refer to", new Class<?>[] {MayBeMissing.class, Label.class});
        wrong.put("Many cannot refer to", new Class<?>[] {Many.class, Label.class});
        wrong.put("SharedOwner cannot refer to", new Class<?>[] {SharedOwner.class, OwnedByShared.class});
        fresh = store.fresh();
        wrong.forEach((message, models) -> {
            try (SqlDatabase refused = fresh.at().models(models).build("main")) {
                assertThatThrownBy(refused::connect)
                        .as(message)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(message);
            }
        });
    }

    // ---- what is a kind of tenant model is one

    @TenantModel
    interface Marked {}

    @MappedSuperclass
    static class Base {
        @Id
        @GeneratedValue
        Long id;

        String text;
    }

    @Entity(name = "Doc")
    static class Doc extends Base {
        Doc() {}

        Doc(String text) {
            this.text = text;
        }
    }

    @Entity(name = "Note")
    static class Note extends Base implements Marked {
        Note() {}

        Note(String text) {
            this.text = text;
        }
    }

    @Test
    void aKindOfATenantModelIsOne() {
        fresh = store.fresh();
        open(fresh.at().models(Doc.class, Note.class).tenantModels(Base.class));
        createBoth();

        database.tenant(acme).run(session -> {
            session.persist(new Doc("secret"));
            session.persist(new Note("secret"));
        });

        assertThat(list(beta, "select text from Doc")).isEmpty();
        assertThat(list(beta, "select text from Note")).isEmpty();
        assertThat(list(acme, "select text from Doc")).containsExactly("secret");
    }

    // ---- statements over several tables

    @Entity(name = "Animal")
    @TenantModel
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Animal {
        @Id
        @GeneratedValue
        Long id;

        String name;
    }

    @Entity(name = "Cat")
    static class Cat extends Animal {
        int lives;

        Cat() {}

        Cat(String name, int lives) {
            this.name = name;
            this.lives = lives;
        }
    }

    @Entity(name = "Machine")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Machine {
        @Id
        @GeneratedValue
        Long id;

        String name;
    }

    @Entity(name = "Crane")
    static class Crane extends Machine {
        int height;
    }

    private static void bulk(Session session) {
        assertThat(session.createMutationQuery("update Cat set name = concat(name, '!'), lives = lives - 1")
                        .executeUpdate())
                .isEqualTo(2);
        assertThat(session.createMutationQuery("insert into Cat (name, lives) select c.name, c.lives from Cat c")
                        .executeUpdate())
                .isEqualTo(2);
        assertThat(session.createMutationQuery("delete from Cat where name = 'a!'")
                        .executeUpdate())
                .isEqualTo(2);
    }

    @Test
    void statementsOverSeveralTablesStayInTheTenant() {
        open(Animal.class, Cat.class, Machine.class, Crane.class);
        createBoth();
        for (String tenant : List.of(acme, beta)) {
            database.tenant(tenant).run(session -> {
                session.persist(new Cat("a", 9));
                session.persist(new Cat("b", 7));
            });
        }

        database.tenant(acme).run(TenancyTrapsIT::bulk);

        assertThat(list(acme, "select concat(name, lives) from Cat")).containsExactly("b!6", "b!6");
        assertThat(list(beta, "select concat(name, lives) from Cat order by name"))
                .containsExactly("a9", "b7");
        database.tenant(beta).run(TenancyTrapsIT::bulk);
        assertThat(list(beta, "select concat(name, lives) from Cat")).containsExactly("b!6", "b!6");
    }

    @Test
    void statementsOverSeveralTablesWorkInASchema() {
        fresh = store.fresh();
        open(fresh.at().models(Machine.class, Crane.class).schema("app" + suffix));
        Crane crane = new Crane();
        crane.name = "c";
        database.run(session -> session.persist(crane));

        database.run(session -> {
            assertThat(session.createMutationQuery("update Crane set name = 'd', height = 3")
                            .executeUpdate())
                    .isOne();
            assertThat(session.createMutationQuery("insert into Crane (name, height) select name, height from Crane")
                            .executeUpdate())
                    .isOne();
            assertThat(session.createMutationQuery("delete from Crane where height = 3")
                            .executeUpdate())
                    .isEqualTo(2);
        });
    }

    // ---- text that only looks like SQL

    @Test
    void textIsNotTakenForSql() throws Exception {
        open(Country.class, Label.class, Ticket.class);
        createBoth();
        String looksLikeSql = "use {h-schema}Label; -- {h-domain}x";

        database.tenant(acme).run(session -> {
            session.persist(new Label("a"));
            session.flush();
            session.createMutationQuery("update Label set text = '" + looksLikeSql + "'")
                    .executeUpdate();
        });
        database.tenant(acme).jdbc().run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into {h-schema}Label (id, text) values"
                    + " (-1, 'it''s {h-schema}Label') /* {h-schema}Label's */ -- {h-schema}Label")) {
                insert.executeUpdate();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into {h-domain}Label (id, text) values (-2, 'domain')")) {
                insert.executeUpdate();
            }
        });
        database.tenant(acme)
                .run(session -> session.createNativeMutationQuery(
                                "update {h-domain}Label set text = concat(text, '{h-domain}') where id = -2")
                        .executeUpdate());
        database.run(session -> session.createMutationQuery("update Country set name = '{h-schema}Label'")
                .executeUpdate());

        assertThat(list(acme, "select text from Label order by id"))
                .containsExactly("domain{h-domain}", "it's {h-schema}Label", looksLikeSql);
        assertThatThrownBy(() -> database.schemas().create("{h-schema}x")).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- tenants that come and go while they are used

    @Test
    void aUnitOfATenantThatWasDroppedDoesNotWorkInTheNextOneOfItsName() {
        fresh = store.fresh();
        database = fresh.at()
                .models(Label.class)
                .pool(PoolSettings.ofSize(3))
                .createTables(true)
                .build("main");
        database.connect();
        database.tenants().create(acme);

        try (Connection<Session> old = database.tenant(acme).get()) {
            database.tenants().drop(acme);
            database.tenants().create(acme);
            database.tenant(acme).run(session -> session.persist(new Label("new")));

            assertThatThrownBy(() -> old.session()
                            .createSelectionQuery("from Label", Label.class)
                            .getResultList())
                    .isInstanceOf(UnknownTenantException.class);
            assertThatThrownBy(() -> {
                        old.session().persist(new Label("old"));
                        old.session().flush();
                    })
                    .isInstanceOf(UnknownTenantException.class);
        }
        assertThat(list(acme, "select text from Label")).containsExactly("new");
    }

    @Test
    void aSchemaThatIsCreatedAgainBeginsAnew() {
        open(Country.class);
        String archive = "archive" + suffix;
        for (int time = 0; time < 2; time++) {
            database.schemas().create(archive, Contents.MODELS);
            for (int i = 0; i < 60; i++) {
                Country country = new Country("c" + i);
                database.schema(archive).run(session -> session.persist(country));
                assertThat(country.id).isEqualTo(i + 1);
            }
            database.schemas().dropCascade(archive);
        }
    }

    @Test
    void theSchemaOfATenantIsNotDroppedWithoutTheTenant() {
        open(Ticket.class, Label.class);
        createBoth();
        database.tenant(acme).run(session -> session.persist(new Ticket("of acme")));
        database.tenants().rename(acme, "renamed" + suffix);

        for (SqlAction drop : List.<SqlAction>of(
                () -> database.schemas().drop(acme), () -> database.schemas().dropCascade(acme))) {
            assertThatThrownBy(drop::run)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining(acme)
                    .hasMessageContaining("renamed" + suffix);
        }

        assertThat(list("renamed" + suffix, "select text from Ticket")).containsExactly("of acme");
    }

    private void write(String sql, Object... values) {
        database.stateless().run(session -> {
            var query = session.createMutationQuery(sql);
            for (int i = 0; i < values.length; i++) {
                query.setParameter(i + 1, values[i]);
            }
            assertThat(query.executeUpdate()).isOne();
        });
    }

    @Test
    void aTenantThatIsNotReadyCannotBeMadeActive() {
        open(Label.class);
        createBoth();
        write("update dev.regista.Tenant set state = 'CREATING' where name = ?1", acme);
        write("update dev.regista.Tenant set state = 'FROZEN' where name = ?1", beta);

        assertThatThrownBy(() -> database.tenants().resume(acme))
                .as("although this process still takes it for active")
                .isInstanceOf(TenantSuspendedException.class);
        database.tenants().refresh();
        assertThatThrownBy(() -> database.tenants().suspend(acme)).isInstanceOf(TenantSuspendedException.class);
        assertThat(database.tenants().find(beta).orElseThrow().state()).isEqualTo(TenantState.UNKNOWN);
        assertThatThrownBy(() -> list(beta, "select text from Label")).isInstanceOf(TenantSuspendedException.class);
        write("update dev.regista.Tenant set state = 'ACTIVE' where name = ?1", beta);
        database.tenants().refresh();
        assertThat(list(beta, "select text from Label")).isEmpty();
    }

    @Test
    void aTenantThatAnotherProcessDroppedIsNotSuspended() {
        open(Label.class);
        createBoth();
        write("delete from dev.regista.Tenant where name = ?1", acme);

        assertThatThrownBy(() -> database.tenants().suspend(acme)).isInstanceOf(UnknownTenantException.class);
        database.tenants().suspend(beta);
        database.tenants().suspend(beta);
        database.tenants().resume(beta);
        database.tenants().resume(beta);
        assertThat(list(beta, "select text from Label")).isEmpty();
        database.schemas().dropCascade(acme);
    }

    // ---- connections

    private String change() {
        return store == Store.POSTGRES
                ? "set search_path to \"" + acme + "\""
                : store == Store.H2 ? "set schema \"" + acme + "\"" : "use `" + acme + "`";
    }

    private String current() throws Exception {
        return database.jdbc().<String, Exception>read(connection -> {
            try (ResultSet row = connection
                    .prepareStatement(
                            store == Store.MARIADB
                                    ? "select database()"
                                    : store == Store.H2 ? "select current_schema" : "select current_schema()")
                    .executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    @Test
    void whatTheWorkSetsOnItsConnectionDoesNotMeetTheNextUnit() throws Exception {
        open(Label.class);
        createBoth();
        String shared = current();
        Map<String, SqlAction> ways = new LinkedHashMap<>();
        ways.put(
                "nested JDBC",
                () -> database.run(session -> database.jdbc().nested().run(this::execute)));
        ways.put(
                "nested",
                () -> database.run(session -> database.nested()
                        .run(inner -> inner.createNativeMutationQuery(change()).executeUpdate())));
        ways.put("comment", () -> database.jdbc().run(connection -> execute(connection, "/* c */ " + change())));
        ways.put("line comment", () -> database.jdbc().run(connection -> execute(connection, "-- c\n" + change())));
        ways.put("doWork", () -> database.run(session -> session.doWork(this::execute)));
        ways.put("doWork in a tenant", () -> database.tenant(beta).run(session -> session.doWork(this::execute)));
        ways.put(
                "read",
                () -> database.tenant(beta).read(session -> {
                    session.doWork(this::execute);
                    return true;
                }));
        ways.put(
                "through a statement",
                () -> database.tenant(beta).jdbc().run(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("select 1")) {
                        change(statement.getConnection());
                    }
                }));
        ways.put(
                "through meta data",
                () -> database.tenant(beta)
                        .jdbc()
                        .run(connection -> change(connection.getMetaData().getConnection())));
        ways.put(
                "through meta data in doWork",
                () -> database.tenant(beta)
                        .run(session -> session.doWork(
                                connection -> change(connection.getMetaData().getConnection()))));
        ways.put(
                "through a statement in doWork",
                () -> database.tenant(beta)
                        .run(session -> session.doWork(connection -> {
                            try (Statement statement = connection.createStatement()) {
                                execute(statement.getConnection());
                            }
                        })));
        if (store == Store.MARIADB) {
            ways.put(
                    "comment that is run",
                    () -> database.jdbc().run(connection -> execute(connection, "/*!50000 " + change() + "*/")));
        }
        if (store != Store.MARIADB) {
            ways.put(
                    "comment in a comment",
                    () -> database.jdbc().run(connection -> execute(connection, "/* a /* b */ c */ " + change())));
            ways.put(
                    "second statement",
                    () -> database.jdbc().run(connection -> execute(connection, "select 1; " + change())));
        }
        if (store == Store.POSTGRES) {
            ways.put(
                    "function",
                    () -> database.jdbc()
                            .run(connection ->
                                    execute(connection, "SELECT Set_Config('search_path', '" + acme + "', false)")));
            ways.put(
                    "block",
                    () -> database.jdbc()
                            .run(connection -> execute(connection, "do $$ begin " + change() + "; end $$")));
        }
        for (Map.Entry<String, SqlAction> way : ways.entrySet()) {
            way.getValue().run();

            assertThat(current()).as(way.getKey()).isEqualTo(shared);
        }
    }

    private interface SqlAction {
        void run() throws Exception;
    }

    private void execute(java.sql.Connection connection) throws java.sql.SQLException {
        execute(connection, change());
    }

    private static void execute(java.sql.Connection connection, String sql) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void change(java.sql.Connection connection) throws java.sql.SQLException {
        if (store == Store.MARIADB) {
            connection.setCatalog(acme);
        } else {
            connection.setSchema(acme);
        }
    }

    @Test
    void theOutcomeCannotBeDecidedThroughAStatement() {
        open(Label.class);
        database.tenants().create(acme);

        assertThatThrownBy(() -> database.tenant(acme).jdbc().run(connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement("insert into {h-schema}Label (id, text) values (1, 'x')")) {
                        insert.executeUpdate();
                        insert.getConnection().commit();
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(list(acme, "select text from Label")).isEmpty();
    }

    @Test
    void aTemporaryTableEndsWithTheUnit() throws Exception {
        open(Label.class);
        createBoth();
        String create =
                store == Store.H2 ? "create local temporary table tmp (a int)" : "create temporary table tmp (a int)";
        database.tenant(acme).jdbc().run(connection -> execute(connection, create));

        assertThatThrownBy(
                        () -> database.tenant(beta).jdbc().run(connection -> execute(connection, "select a from tmp")))
                .isInstanceOf(java.sql.SQLException.class);
    }

    // ---- objects

    @Test
    void anObjectOfOneTenantCannotBeChangedInAnother() {
        open(Label.class, Ticket.class);
        createBoth();
        Ticket ofAcme = new Ticket("of acme");
        database.tenant(acme).run(session -> session.persist(ofAcme));
        database.tenant(beta).run(session -> session.persist(new Ticket("of beta")));
        Ticket loaded = database.tenant(acme).<Ticket, RuntimeException>read(session -> session.find(Ticket.class, 1L));

        for (Ticket foreign : List.of(ofAcme, loaded)) {
            foreign.text = "secret text";
            assertThatThrownBy(() -> database.tenant(beta).run(session -> session.merge(foreign)))
                    .isInstanceOf(WrongTenantException.class)
                    .hasMessageContaining("Ticket")
                    .hasMessageContaining(beta)
                    .hasMessageNotContaining("secret text");
            assertThatThrownBy(() -> database.tenant(beta).run(session -> session.remove(foreign)))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> database.tenant(beta).stateless().run(session -> session.update(foreign)))
                    .isInstanceOf(WrongTenantException.class);
            assertThatThrownBy(() -> database.tenant(beta).stateless().run(session -> session.delete(foreign)))
                    .isInstanceOf(WrongTenantException.class);
            assertThatThrownBy(() -> database.tenant(beta).stateless().run(session -> session.upsert(foreign)))
                    .isInstanceOf(WrongTenantException.class);
        }
        assertThat(list(beta, "select text from Ticket")).containsExactly("of beta");
        database.tenant(acme).run(session -> session.merge(ofAcme));
        assertThat(list(acme, "select text from Ticket")).containsExactly("secret text");
    }

    // ---- tables

    @Test
    void aTableInAnotherSchemaIsNotTakenForTheModels() {
        fresh = store.fresh();
        open(fresh.at().models(Country.class).schema("elsewhere" + suffix));
        SqlDatabase elsewhere = database;
        try (SqlDatabase plain =
                fresh.at().models(Country.class).createTables(true).build("plain")) {
            plain.connect();
            plain.run(session -> session.persist(new Country("France")));
        }
        assertThat(elsewhere.<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Country", Long.class)
                                .getSingleResult()))
                .isZero();
    }

    @Entity(name = "Counted")
    @TenantModel
    static class Counted {
        @Id
        @GeneratedValue(generator = "counted")
        @TableGenerator(name = "counted", table = "`Counted Ids`", allocationSize = 5)
        Long id;

        String text;

        Counted() {}

        Counted(String text) {
            this.text = text;
        }
    }

    @Test
    void aTableOfIdsIsTheTenants() {
        fresh = store.fresh();
        // Hibernate updates a table of ids in a transaction of its own.
        database = fresh.at()
                .models(Counted.class)
                .pool(PoolSettings.ofSize(2))
                .createTables(true)
                .build("main");
        database.connect();
        createBoth();
        for (String tenant : List.of(acme, beta)) {
            Counted first = new Counted(tenant);
            database.tenant(tenant).run(session -> session.persist(first));
            assertThat(first.id).isOne();
        }
    }

    enum Mood {
        GOOD,
        BAD
    }

    @Entity(name = "Mooded")
    @TenantModel
    static class Mooded {
        @Id
        @GeneratedValue
        Long id;

        @Enumerated(EnumType.STRING)
        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Mood mood;
    }

    @Entity(name = "Weather")
    static class Weather {
        @Id
        @GeneratedValue
        Long id;

        @Enumerated(EnumType.STRING)
        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Mood mood;
    }

    @Test
    void typesOfTheDatabaseAreShared() {
        assumeThat(store).as("MariaDB has none").isNotEqualTo(Store.MARIADB);
        open(Mooded.class, Weather.class);
        createBoth();
        database.createAll();
        for (String tenant : List.of(acme, beta)) {
            Mooded mooded = new Mooded();
            mooded.mood = Mood.GOOD;
            database.tenant(tenant).run(session -> session.persist(mooded));
            assertThat(list(tenant, "select cast(mood as string) from Mooded")).containsExactly("GOOD");
        }
    }

    @Test
    void nativeSqlInASchemaMeansThatSchema() {
        open(Country.class);
        String archive = "archive" + suffix;
        database.schemas().create(archive, Contents.MODELS);
        database.run(session -> session.persist(new Country("kept")));
        database.schema(archive).run(session -> session.persist(new Country("deleted")));

        if (store == Store.MARIADB) {
            assertThatThrownBy(() -> database.schema(archive)
                            .run(session -> session.createNativeMutationQuery("delete from {h-schema}Country")
                                    .executeUpdate()))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("{h-domain}");
        }
        database.schema(archive)
                .run(session -> session.createNativeMutationQuery("delete from {h-domain}Country")
                        .executeUpdate());

        assertThat(database.<List<String>, RuntimeException>read(
                        session -> session.createSelectionQuery("select name from Country", String.class)
                                .getResultList()))
                .containsExactly("kept");
        database.schemas().dropCascade(archive);
    }

    @Test
    void droppingASchemaChangesNothingElseInTheTransaction() {
        assumeThat(store).as("the one whose limit is a transaction's").isEqualTo(Store.POSTGRES);
        open(Country.class);
        String archive = "archive" + suffix;
        database.schemas().create(archive, Contents.MODELS);

        String limit = database.<String, RuntimeException>call(session -> {
            database.schemas().dropCascade(archive);
            return session.createNativeQuery("select current_setting('lock_timeout')", String.class)
                    .getSingleResult();
        });

        assertThat(limit).isEqualTo("0");
    }

    @Test
    void aTenantThatAnotherProcessHasDroppedIsForgottenByDroppingIt() {
        assumeThat(store).as("the one that drops in one transaction").isNotEqualTo(Store.POSTGRES);
        open(Label.class);
        createBoth();
        write("delete from dev.regista.Tenant where name = ?1", acme);

        assertThatThrownBy(() -> database.tenants().drop(acme)).isInstanceOf(UnknownTenantException.class);

        assertThat(database.tenants().exists(acme)).isFalse();
        database.schemas().dropCascade(acme);
    }

    @Test
    void droppingWaitsForTransactionsOnlySoLong() throws Exception {
        assumeThat(store).as("the one with transactional DDL").isEqualTo(Store.POSTGRES);
        fresh = store.fresh();
        database = fresh.at()
                .models(Label.class)
                .pool(PoolSettings.ofSize(3))
                .createTables(true)
                .build("main");
        database.connect();
        createBoth();

        assertThatThrownBy(() -> database.tenant(acme).run(session -> {
                    session.createSelectionQuery("from Label", Label.class).getResultList();
                    database.tenants().drop(acme);
                }))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("lock");

        assertThat(list(acme, "select text from Label")).isEmpty();
    }
}
