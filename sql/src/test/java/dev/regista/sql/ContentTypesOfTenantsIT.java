package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.routing.Schema;
import dev.regista.routing.Tenant;
import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Memo;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.Typed.Pet;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.schema.Schemas;
import dev.regista.testing.LeakChecker;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** D.25 to D.28: content types of rows in tenants and schemas. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class ContentTypesOfTenantsIT {
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);
    private final String acme = "acme" + suffix;
    private final String beta = "Beta Ltd." + suffix;

    @Parameter
    Store store;

    private Store.Fresh fresh;
    private SqlDatabase database;

    private void open(ContentTypeSettings settings) {
        fresh = store.fresh();
        database = fresh.at()
                .models(Person.class, Pet.class, Company.class, Memo.class)
                .contentTypes(settings)
                .createTables(true)
                .build("main");
        database.connect();
        database.tenants().create(acme);
        database.tenants().create(beta);
    }

    @AfterEach
    void close() {
        database.dropAll();
        database.disconnect();
        fresh.close();
    }

    private ContentTypes types() {
        return ContentTypes.of(database);
    }

    private Memo memo(String tenant, String text) {
        Memo memo = new Memo(text);
        memo.entries.add("line of " + text);
        database.tenant(tenant).run(session -> session.persist(memo));
        return memo;
    }

    private long memos(String tenant) {
        return database.tenant(tenant)
                .<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Memo", Long.class)
                                .getSingleResult());
    }

    private Set<String> texts() {
        return types().rows(type -> type.name().equals("Memo"))
                .map(row -> ((Memo) row.row()).text)
                .collect(Collectors.toSet());
    }

    @Test
    void aRowOfATenantHasItsContentTypeInTheSharedTable() {
        open(ContentTypeSettings.DEFAULT);
        memo(beta, "filler");
        Memo memo = memo(acme, "for acme");

        assertThat(types().count()).isEqualTo(2);
        List<ContentType> all =
                database.read(session -> session.createSelectionQuery("from ContentType order by id", ContentType.class)
                        .getResultList());
        assertThat(all).extracting(type -> type.schema().orElseThrow()).containsExactly(beta, acme);
        assertThat(all)
                .extracting(type -> type.tenantId().orElseThrow())
                .containsExactly(
                        database.tenants().find(beta).orElseThrow().id(),
                        database.tenants().find(acme).orElseThrow().id());
        assertThat(types().findRow(all.get(1)))
                .get()
                .extracting(row -> ((Memo) row).text)
                .isEqualTo("for acme");
        assertThat(texts()).containsExactlyInAnyOrder("filler", "for acme");
        database.tenant(acme)
                .run(session -> assertThat(ContentTypes.of(database, session).findOf(memo))
                        .map(ContentType::id)
                        .contains(all.get(1).id()));
    }

    @Test
    void deletingEitherDeletesTheOther() {
        open(ContentTypeSettings.DEFAULT);
        deleteEither();
    }

    @Test
    void deletingEitherDeletesTheOtherWithoutAConstraintToo() {
        open(ContentTypeSettings.DEFAULT.constraint(false));
        deleteEither();
    }

    private void deleteEither() {
        Memo first = memo(acme, "first");
        memo(acme, "second");
        memo(acme, "third");
        memo(acme, "fourth");
        memo(beta, "other");
        database.tenant(acme).run(session -> session.remove(session.find(Memo.class, first.id)));
        assertThat(types().count()).isEqualTo(4);

        // By the object, by a query from outside of the tenant, by a query within.
        ContentType ofSecond = types().rows(type -> type.name().equals("Memo"))
                .filter(row -> ((Memo) row.row()).text.equals("second"))
                .findFirst()
                .orElseThrow()
                .type();
        assertThat(types().delete(ofSecond)).isTrue();
        assertThat(memos(acme)).isEqualTo(2);
        database.tenant(acme)
                .run(session -> session.createMutationQuery("delete from Memo where text = 'third'")
                        .executeUpdate());
        assertThat(types().count()).isEqualTo(2);
        database.run(session -> assertThat(session.createMutationQuery("delete from ContentType where schema = :schema")
                        .setParameter("schema", acme)
                        .executeUpdate())
                .isEqualTo(1));
        assertThat(memos(acme)).isZero();
        assertThat(memos(beta)).isEqualTo(1);
        assertThat(types().count()).isEqualTo(1);
    }

    @Test
    void aRowCreatedInATenantOrSchemaContextHasItsContentTypeInTheSharedTable() {
        open(ContentTypeSettings.DEFAULT);
        String branch = "branch" + suffix;
        database.schemas().create(branch, Schemas.Contents.MODELS);
        try {
            Tenant.of(acme)
                    .run(() -> database.run(session -> {
                        Memo memo = new Memo("ambient");
                        memo.author = new Person("Ada");
                        session.persist(memo.author);
                        session.persist(memo);
                    }));
            Schema.of(branch).run(() -> database.run(session -> session.persist(new Company("branch"))));

            assertThat(types().count()).isEqualTo(3);
            assertThat(types().rows(any -> true)
                            .map(row -> row.type().name() + " in "
                                    + row.type().schema().orElse("the default")))
                    .containsExactlyInAnyOrder("Memo in " + acme, "Person in the default", "Company in " + branch);
            database.schema(branch)
                    .run(session ->
                            session.createMutationQuery("delete from Company").executeUpdate());
            assertThat(types().count()).isEqualTo(2);
        } finally {
            database.schemas().dropCascade(branch);
        }
    }

    @Test
    void aTenantThatIsDroppedTakesItsContentTypesWithIt() {
        open(ContentTypeSettings.DEFAULT);
        memo(acme, "gone");
        memo(acme, "gone too");
        memo(beta, "stays");

        database.tenants().drop(acme);
        assertThat(types().count()).isEqualTo(1);
        assertThat(texts()).containsExactly("stays");
        database.tenants().create(acme);
        memo(acme, "another acme");
        assertThat(texts()).containsExactlyInAnyOrder("stays", "another acme");
    }

    @Test
    void rowsOfTenantsThatHaveNoneCanBeFilled() {
        open(ContentTypeSettings.DEFAULT.constraint(false));
        memo(acme, "one");
        memo(beta, "two");
        for (String tenant : List.of(acme, beta)) {
            String schema = store == Store.MARIADB ? "`" + tenant + "`" : "\"" + tenant + "\"";
            String change = store == Store.MARIADB
                    ? "alter table " + schema + ".typed_memo modify content_type uuid null"
                    : "alter table " + schema + ".typed_memo alter column content_type drop not null";
            database.run(session -> {
                session.createNativeMutationQuery(change).executeUpdate();
                session.createNativeMutationQuery("update " + schema + ".typed_memo set content_type = null")
                        .executeUpdate();
            });
        }
        assertThat(types().removeOrphans()).isEqualTo(2);

        assertThat(types().fill()).isEqualTo(2);
        assertThat(types().fill()).isZero();
        assertThat(texts()).containsExactlyInAnyOrder("one", "two");
    }
}
