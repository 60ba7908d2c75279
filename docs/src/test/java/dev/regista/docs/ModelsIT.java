package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.DelegatingRegistry;
import dev.regista.Registry;
import dev.regista.UnmappedModelException;
import dev.regista.model.Collision;
import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import dev.regista.model.Registration;
import dev.regista.model.Times;
import dev.regista.sql.DatabaseTables;
import dev.regista.sql.RegistryTables;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlModel;
import dev.regista.sql.schema.ModelSchema.MappedTable;
import dev.regista.sql.schema.SchemaSelection;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.PrePersist;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to models. */
@ExtendWith(LeakChecker.class)
class ModelsIT {
    private Registry registry;
    private SqlDatabase main;

    @BeforeEach
    void build() {
        registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class).createTables(true))
                .extra("analytics", SqlDatabase.at("jdbc:h2:mem:analytics").models(Event.class))
                .build();
        main = registry.main(SqlDatabase.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void lookUp() {
        // tag::look-up[]
        Model customer = registry.models().get(Customer.class); // throws what says which models there are
        Optional<Model> event = registry.models().find("Event"); // by name
        String database = customer.database(); // "main"
        List<Model> ordinary = registry.models().all(ModelKind.ORDINARY);
        // end::look-up[]
        assertThat(customer.name()).isEqualTo("Customer");
        assertThat(event).isPresent();
        assertThat(database).isEqualTo("main");
        assertThat(ordinary).hasSize(2);
    }

    @Test
    void unmapped() {
        registry.connect();
        // tag::unmapped[]
        try {
            main.run(session -> session.persist(new Event("signed up")));
        } catch (UnmappedModelException e) {
            // Database 'main' does not have the model dev.regista.docs.Event. 'main' has Customer.
            // The model lives in 'analytics'.
        }
        // end::unmapped[]
        assertThatThrownBy(() -> main.run(session -> session.persist(new Event("signed up"))))
                .hasMessage("Database 'main' does not have the model dev.regista.docs.Event. 'main' has Customer."
                        + " The model lives in 'analytics'.");
    }

    @Test
    void arriving() {
        registry.connect();
        // tag::arriving[]
        registry.models().add("main", Coupon.class); // ModelCollisionException if there is one of its name
        registry.models().add("main", Collision.KEEP, Coupon.class); // does nothing: it is there
        main.run(session -> session.persist(new Coupon("spring")));
        registry.models().remove(Coupon.class);
        // end::arriving[]
        assertThat(registry.models().find("Coupon")).isEmpty();
    }

    // tag::listener[]
    static final class Tidy {
        @PrePersist
        void tidy(Customer customer) {
            customer.name = customer.name.strip();
        }
    }
    // end::listener[]

    @Test
    void callbacks() {
        List<String> log = new ArrayList<>();
        // tag::callbacks[]
        registry.onModel(
                Customer.class,
                model -> model.as(SqlModel.class)
                        .table("clients")
                        .column("imported", "varchar(20)")
                        .listener(new Tidy()));
        Registration all = registry.onAnyModel(model -> log.add(model.name() + " lives in " + model.database()));
        registry.onModel("Coupon", Times.ALWAYS, model -> log.add("a coupon"));
        registry.connect();
        registry.models().add("main", Coupon.class);
        all.unregister();
        // end::callbacks[]
        main.run(session -> session.persist(new Customer(" Ada ")));
        assertThat(log)
                .containsExactly(
                        "Customer lives in main", "Event lives in analytics", "a coupon", "Coupon lives in main");
        assertThat(main.<Object, RuntimeException>read(session -> session.createNativeQuery(
                                "select name from clients where imported is null", Object.class)
                        .getSingleResult()))
                .isEqualTo("Ada");
    }

    @Test
    void laziness() {
        registry.connect();
        // tag::laziness[]
        registry.initModels(); // maps all models now, and not when the first unit of work needs them
        registry.invalidateModels(ModelPart.MAPPING); // has them mapped again at the next use
        // end::laziness[]
        main.run(session -> session.persist(new Customer("Ada")));
    }

    @Test
    void tables() {
        registry.connect();
        // tag::tables[]
        RegistryTables tables = RegistryTables.of(registry);
        DatabaseTables ofMain = tables.byName("main");
        DatabaseTables ofUrl = tables.byUrl("jdbc:h2:mem:analytics");
        List<String> names = ofMain.tables().stream().map(MappedTable::name).toList();
        List<MappedTable> ofTenants =
                ofMain.tables(SchemaSelection.matching("tenant_").ignoring("tenant_test"));
        // end::tables[]
        assertThat(ofUrl.name()).isEqualTo("analytics");
        assertThat(names).extracting(name -> name.toLowerCase(Locale.ROOT)).containsExactly("customer");
        assertThat(ofTenants).isEmpty();
    }

    static final class ShopRegistry extends DelegatingRegistry {
        ShopRegistry(Registry registry) {
            super(registry);
        }
    }

    @Test
    void copying() {
        registry = new ShopRegistry(registry);
        // tag::copying[]
        Registry copy = registry.copy(); // of the same type, not connected
        copy.models().add("main", Coupon.class);
        boolean unknown = registry.models().find(Coupon.class).isEmpty(); // true
        // end::copying[]
        assertThat(copy).isInstanceOf(ShopRegistry.class);
        assertThat(unknown).isTrue();
    }
}
