package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.WrongTenantException;
import dev.regista.model.ModelPart;
import dev.regista.spi.ModelHost;
import dev.regista.sql.tenancy.TenantModel;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyJoinColumn;
import jakarta.persistence.OneToMany;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects of one tenant in units of work of another, where their ids are those of other rows. */
@ExtendWith(LeakChecker.class)
class TenantObjectsIT {
    @Entity(name = "Shelf")
    @TenantModel
    static class Shelf {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @OneToMany
        @JoinColumn(name = "shelf_of_box")
        List<Box> boxes = new ArrayList<>();

        Shelf() {}

        Shelf(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Box")
    @TenantModel
    static class Box {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Shelf shelf;

        Place place;

        @ManyToMany
        Set<Shelf> others = new HashSet<>();

        @ElementCollection
        List<Place> places = new ArrayList<>();

        @ElementCollection
        @MapKeyJoinColumn
        Map<Shelf, String> notes = new HashMap<>();
    }

    @Embeddable
    static class Place {
        @ManyToOne(fetch = FetchType.LAZY)
        Shelf before;

        Place() {}

        Place(Shelf before) {
            this.before = before;
        }
    }

    private final Store.Fresh fresh = Store.H2.fresh();
    private final SqlDatabase database =
            fresh.at().models(Shelf.class, Box.class).createTables(true).build("main");
    private final Shelf ofAcme = new Shelf("of acme");

    @BeforeEach
    void open() {
        database.connect();
        database.tenants().create("acme");
        database.tenants().create("beta");
        database.tenant("acme").run(session -> session.persist(ofAcme));
        database.tenant("beta").run(session -> session.persist(new Shelf("of beta")));
    }

    @AfterEach
    void close() {
        database.disconnect();
        fresh.close();
    }

    private Shelf reference(String tenant) {
        Shelf reference =
                database.tenant(tenant).<Shelf, RuntimeException>read(session -> session.getReference(Shelf.class, 1L));
        assertThat(Hibernate.isInitialized(reference)).isFalse();
        return reference;
    }

    private void refuses(Consumer<Session> work) {
        refusesAny(() -> database.tenant("beta").run(work::accept));
    }

    private void refusesStateless(Consumer<StatelessSession> work) {
        refusesAny(() -> database.tenant("beta").stateless().run(work::accept));
    }

    private void refusesAny(ThrowingCallable unit) {
        assertThatThrownBy(unit)
                .isInstanceOf(WrongTenantException.class)
                .hasMessageContaining("Shelf")
                .hasMessageContaining("beta")
                .hasMessageNotContaining("HibernateProxy");
        assertThat(names("beta")).containsExactly("of beta");
        assertThat(boxes()).isZero();
    }

    private List<String> names(String tenant) {
        return database.tenant(tenant)
                .read(session -> session.createSelectionQuery("select name from Shelf", String.class)
                        .getResultList());
    }

    private long boxes() {
        return database.tenant("beta")
                .read(session -> session.createSelectionQuery("select count(*) from Box", Long.class)
                        .getSingleResult());
    }

    @Test
    void aReferenceIsOfItsTenantAlthoughNothingHasBeenLoaded() {
        Shelf reference = reference("acme");

        refuses(session -> session.remove(reference));
        refuses(session -> session.merge(reference));

        database.tenant("acme").run(session -> session.remove(reference));
        assertThat(names("acme")).isEmpty();
        assertThat(names("beta")).containsExactly("of beta");
    }

    @Test
    void nothingRefersToAnObjectOfAnotherTenant() {
        Shelf reference = reference("acme");
        List<Consumer<Box>> links = List.of(
                box -> box.shelf = ofAcme,
                box -> box.shelf = reference,
                box -> box.place = new Place(ofAcme),
                box -> box.others.add(ofAcme),
                box -> box.places.add(new Place(reference)));

        for (Consumer<Box> link : links) {
            Box linked = new Box();
            link.accept(linked);
            refuses(session -> session.persist(linked));
            refuses(session -> session.merge(linked));
            refuses(session -> {
                Box stored = new Box();
                session.persist(stored);
                session.flush();
                link.accept(stored);
            });
            refusesStateless(session -> session.insert(linked));
        }

        Box boxOfAcme = new Box();
        boxOfAcme.shelf = reference;
        boxOfAcme.others.add(ofAcme);
        database.tenant("acme").run(session -> session.persist(boxOfAcme));
        refuses(session -> {
            Box stored = new Box();
            session.persist(stored);
            stored.notes.put(ofAcme, "by its key");
        });
        assertThatThrownBy(() -> database.tenant("beta")
                        .run(session -> session.find(Shelf.class, 1L).boxes.add(boxOfAcme)))
                .isInstanceOf(WrongTenantException.class)
                .hasMessageContaining("Box");
    }

    @Test
    void objectsAreKnownBeyondTheMappingAndTheConnectionsThatTheyCameFrom() throws SQLException {
        Shelf reference = reference("acme");
        try (Connection keeper = database.unpooled().getConnection()) {
            ((ModelHost) database).invalidateModels(EnumSet.allOf(ModelPart.class));
            database.disconnect();
            database.connect();

            refuses(session -> session.merge(ofAcme));
            refuses(session -> session.remove(reference));
            assertThat(keeper.isClosed()).isFalse();
        }
    }

    @Test
    void objectsOfTheSameTenantReferToEachOtherAcrossUnits() {
        Shelf reference = reference("beta");
        Box box = new Box();
        box.shelf = reference;
        box.place = new Place(reference);
        box.others.add(reference);
        database.tenant("beta").run(session -> session.persist(box));

        Box loaded = database.tenant("beta").call(session -> session.find(Box.class, box.id));
        loaded.place = new Place(loaded.shelf);
        loaded.shelf = null;
        database.tenant("beta").run(session -> session.merge(loaded));

        String shelf = database.tenant("beta")
                .read(session -> session.createSelectionQuery("select place.before.name from Box", String.class)
                        .getSingleResult());
        assertThat(shelf).isEqualTo("of beta");
    }
}
