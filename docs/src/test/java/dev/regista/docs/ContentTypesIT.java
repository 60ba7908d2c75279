package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.config.Regista;
import dev.regista.model.Model;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.testing.LeakChecker;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to content types. */
@ExtendWith(LeakChecker.class)
class ContentTypesIT {
    private static String url() {
        return "jdbc:h2:mem:" + UUID.randomUUID();
    }

    @Test
    void used() {
        String url = url();
        // tag::open[]
        Registry registry = Registry.builder()
                .main(SqlDatabase.at(url)
                        .models(Customer.class, Event.class)
                        .contentTypes()
                        .createTables(true))
                .open();
        // end::open[]
        try (registry) {
            // tag::use[]
            SqlDatabase main = registry.main(SqlDatabase.class);
            ContentTypes types = ContentTypes.of(registry);
            Customer ada = types.with(new Customer("Ada"), type -> type.collisionKey("customers/ada"));
            main.run(session -> {
                session.persist(ada);
                session.persist(new Event("opened"));
            });

            ContentType type = types.findOf(ada).orElseThrow(); // from the row ...
            Object row = types.findRow(type).orElseThrow(); // ... and back
            long all = types.count();
            // end::use[]
            // tag::model[]
            Model model = registry.models().get("ContentType");
            Class<?> entity = model.type(); // a class that extends ContentType: the prototype, if one is given
            // end::model[]
            assertThat(entity).isAssignableTo(ContentType.class);
            assertThat(model.database()).isEqualTo("main");
            assertThat(type.name()).isEqualTo("Customer");
            assertThat(((Customer) row).name).isEqualTo("Ada");
            assertThat(all).isEqualTo(2);

            // tag::walk[]
            List<Object> customers = types.rows(each -> each.name().equals("Customer"))
                    .map(typed -> typed.row())
                    .toList();
            // end::walk[]
            assertThat(customers).hasSize(1);

            // tag::session[]
            main.run(session -> {
                Customer grace = new Customer("Grace");
                session.persist(grace);
                ContentTypes here = ContentTypes.of(main, session); // sees what this unit has not committed
                here.findOf(grace).orElseThrow().collisionKey("customers/grace");
            });
            // end::session[]
            assertThat(types.findByKey("customers/grace")).isPresent();

            // tag::delete[]
            types.delete(type); // and the customer
            main.run(session -> session.createMutationQuery("delete from Event") // and their content types
                    .executeUpdate());
            main.run(session -> session.createMutationQuery("delete from ContentType") // and all rows that are left
                    .executeUpdate());
            // end::delete[]
            assertThat(types.count()).isZero();
            assertThat(main.<Long, RuntimeException>read(
                            session -> session.createSelectionQuery("select count(*) from Customer", Long.class)
                                    .getSingleResult()))
                    .isZero();
        }
    }

    @Test
    void prototype() {
        String url = url();
        // tag::prototype[]
        SqlDatabase main = SqlDatabase.at(url)
                .models(Customer.class, Event.class)
                .contentTypes(
                        ContentTypeSettings.DEFAULT.prototype(Passage.class).without(Event.class))
                .createTables(true)
                .open("main");
        ContentTypes types = ContentTypes.of(main);
        main.run(session -> session.persist(
                types.with(new Customer("Ada"), Passage.class, passage -> passage.remark = "first of all")));
        // end::prototype[]
        assertThat(types.rows(type -> ((Passage) type).remark.startsWith("first")))
                .hasSize(1);
        main.disconnect();
    }

    @Test
    void yaml() {
        try (Registry registry = Regista.loadResource("content-types.yaml").open()) {
            registry.main(SqlDatabase.class).run(session -> {
                session.persist(new Customer("Ada"));
                session.persist(new Event("opened"));
            });
            assertThat(ContentTypes.of(registry).rows(type -> type instanceof Passage))
                    .hasSize(1);
            assertThat(ContentTypes.of(registry).count()).isEqualTo(1);
        }
    }

    @Test
    void existing() {
        String url = url();
        SqlDatabase before =
                SqlDatabase.at(url).models(Customer.class).createTables(true).open("before");
        before.run(session -> session.persist(new Customer("Ada")));
        before.run(session -> session.createNativeMutationQuery("alter table Customer add column content_type uuid")
                .executeUpdate());
        SqlDatabase main = SqlDatabase.at(url)
                .models(Customer.class)
                .contentTypes()
                .createTables(true)
                .open("main");
        before.disconnect();
        // tag::fill[]
        long filled = ContentTypes.of(main).fill();
        // end::fill[]
        assertThat(filled).isEqualTo(1);
        main.disconnect();
    }
}
