package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.estate.Estate;
import dev.regista.sql.estate.Estate.Address;
import dev.regista.sql.estate.Estate.Agency;
import dev.regista.sql.estate.Estate.Agent;
import dev.regista.sql.estate.Estate.Archive;
import dev.regista.sql.estate.Estate.Base;
import dev.regista.sql.estate.Estate.City;
import dev.regista.sql.estate.Estate.CompanyParty;
import dev.regista.sql.estate.Estate.Complaint;
import dev.regista.sql.estate.Estate.Contract;
import dev.regista.sql.estate.Estate.Flat;
import dev.regista.sql.estate.Estate.House;
import dev.regista.sql.estate.Estate.Key;
import dev.regista.sql.estate.Estate.KeyHolder;
import dev.regista.sql.estate.Estate.Kind;
import dev.regista.sql.estate.Estate.Ledger;
import dev.regista.sql.estate.Estate.Manager;
import dev.regista.sql.estate.Estate.Meter;
import dev.regista.sql.estate.Estate.Money;
import dev.regista.sql.estate.Estate.Note;
import dev.regista.sql.estate.Estate.Offer;
import dev.regista.sql.estate.Estate.OfferLine;
import dev.regista.sql.estate.Estate.Office;
import dev.regista.sql.estate.Estate.Passport;
import dev.regista.sql.estate.Estate.PersonParty;
import dev.regista.sql.estate.Estate.Photo;
import dev.regista.sql.estate.Estate.Plan;
import dev.regista.sql.estate.Estate.Position;
import dev.regista.sql.estate.Estate.Reading;
import dev.regista.sql.estate.Estate.Region;
import dev.regista.sql.estate.Estate.Rental;
import dev.regista.sql.estate.Estate.Room;
import dev.regista.sql.estate.Estate.RoomId;
import dev.regista.sql.estate.Estate.Sale;
import dev.regista.sql.estate.Estate.Setting;
import dev.regista.sql.estate.Estate.Signature;
import dev.regista.sql.estate.Estate.Span;
import dev.regista.sql.estate.Estate.Street;
import dev.regista.sql.estate.Estate.Tag;
import dev.regista.sql.estate.Estate.Tower;
import dev.regista.sql.estate.Estate.Trainee;
import dev.regista.sql.estate.Estate.Viewing;
import dev.regista.testing.LeakChecker;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Content types over 36 related models with every style of mapping, none of which knows of them. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class ContentTypesOfStrangersIT {
    private static Store.Fresh fresh;
    private static SqlDatabase database;

    @Parameter
    Store store;

    @BeforeParameterizedClassInvocation
    static void open(Store store) {
        fresh = store.fresh();
        database = fresh.at()
                .models(models(store))
                .contentTypes()
                .createTables(true)
                .hibernateProperty("hibernate.cache.region.factory_class", TestCache.class.getName())
                .build("main");
        database.connect();
    }

    /** Hibernate comments on the column of a soft delete, which SQLite does not understand. */
    private static List<Class<?>> models(Store store) {
        return Estate.MODELS.stream()
                .filter(type -> store != Store.SQLITE || type != Note.class)
                .toList();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.disconnect();
        fresh.close();
        database = null;
    }

    private static ContentTypes types() {
        return ContentTypes.of(database);
    }

    /** One row of each model at least, all of them related. */
    private static List<Object> estate() {
        String unique = UUID.randomUUID().toString();
        Region region = new Region();
        region.code = unique;
        City city = new City();
        city.name = "Springfield";
        city.region = region;
        region.cities.add(city);
        Street street = new Street();
        street.name = "Elm " + unique;
        street.zip = "1";
        street.city = city;
        Agency agency = new Agency();
        agency.taxNumber = "42";
        Office office = new Office();
        office.agency = agency;
        office.address = address(city);
        agency.offices.add(office);
        Manager manager = new Manager();
        manager.office = office;
        manager.phones.addAll(List.of("1", "2"));
        Trainee trainee = new Trainee();
        trainee.mentor = manager;
        Agent agent = new Agent();
        manager.team.addAll(Set.of(agent, trainee));
        Tag tag = new Tag();
        tag.text = unique;
        House house = new House();
        house.address = address(city);
        house.kind = Kind.DETACHED;
        house.price = new Money(new BigDecimal("100.00"), "EUR");
        house.tags.add(tag);
        house.facts.put("roof", "red");
        Tower tower = new Tower();
        tower.lifts = 2;
        tower.tags.add(tag);
        Flat flat = new Flat();
        flat.storey = 3;
        tower.flats.add(flat);
        tower.flats.add(new Flat());
        PersonParty person = new PersonParty();
        person.passport = new Passport();
        person.passport.owner = person;
        CompanyParty company = new CompanyParty();
        Rental rental = new Rental();
        rental.span = new Span(LocalDate.of(2020, 1, 1), LocalDate.of(2021, 1, 1));
        rental.rent = new Money(new BigDecimal("7.00"), "EUR");
        Sale sale = new Sale();
        sale.deed = "deed";
        for (Contract contract : List.of(rental, sale)) {
            Signature signature = new Signature();
            signature.contract = contract;
            signature.party = person;
            contract.signatures.add(signature);
        }
        Photo photo = new Photo();
        photo.data = new byte[] {1, 2, 3};
        Plan plan = new Plan();
        plan.code = unique;
        Offer offer = new Offer();
        KeyHolder holder = new KeyHolder();
        Key key = new Key();
        key.number = unique.hashCode();
        holder.keys.add(key);
        Meter meter = new Meter();
        Reading reading = new Reading();
        meter.readings.put("may", reading);
        Ledger root = new Ledger();
        Ledger ledger = new Ledger();
        ledger.parent = root;
        ledger.entries.add(new Money(new BigDecimal("1.00"), "EUR"));
        Setting setting = new Setting();
        setting.key = unique;
        Complaint complaint = new Complaint();
        complaint.flat = flat;
        List<Object> all = new ArrayList<>(List.of(
                region,
                city,
                street,
                agency,
                office,
                manager,
                trainee,
                agent,
                tag,
                house,
                tower,
                person,
                company,
                rental,
                sale,
                photo,
                plan,
                offer,
                holder,
                reading,
                meter,
                root,
                ledger,
                setting,
                complaint,
                new Archive(),
                new Viewing()));
        if (database.models().contains(Note.class)) {
            all.add(new Note());
        }
        return all;
    }

    private static Address address(City city) {
        Address address = new Address();
        address.street = "Elm";
        address.city = city;
        address.position = new Position();
        address.position.latitude = 1.5;
        return address;
    }

    private static void addLinesAndRooms(Session session, List<Object> all) {
        Offer offer = only(all, Offer.class);
        OfferLine line = new OfferLine();
        line.offer = offer;
        line.line = 1;
        session.persist(line);
        offer.lines.add(line);
        Room room = new Room();
        room.id = new RoomId(only(all, Tower.class).flats.get(0).id, 1);
        session.persist(room);
        all.addAll(List.of(line, room));
    }

    private static <T> T only(List<Object> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private static List<Object> persisted() {
        List<Object> all = estate();
        database.run(session -> {
            all.forEach(session::persist);
            session.flush();
            addLinesAndRooms(session, all);
        });
        return all;
    }

    @Test
    void everyRowOfEveryModelHasOne() {
        List<Object> all = persisted();

        for (Object row : all) {
            ContentType type = types().findOf(row).orElseThrow();
            assertThat(type.name()).isEqualTo(row.getClass().getSimpleName());
            Object found = types().findRow(type).orElseThrow();
            assertThat(Hibernate.getClass(found)).isEqualTo(row.getClass());
        }
        Set<String> models =
                types().rows(any -> true).map(row -> row.type().name()).collect(Collectors.toSet());
        Set<String> concrete = models(store).stream()
                .filter(type -> !java.lang.reflect.Modifier.isAbstract(type.getModifiers()))
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(models).isEqualTo(concrete);
        assertThat(Estate.MODELS).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void rowsThatAreDetachedChangedAndMergedKeepTheirs() {
        List<Object> all = persisted();
        Map<Object, UUID> before = all.stream()
                .collect(Collectors.toMap(
                        row -> row, row -> types().findOf(row).orElseThrow().id()));
        long count = types().count();

        only(all, House.class).facts.put("door", "green");
        only(all, House.class).price = new Money(BigDecimal.TEN, "USD");
        only(all, Tower.class).lifts = 3;
        only(all, Manager.class).phones.add("3");
        only(all, Rental.class).rent = new Money(BigDecimal.ONE, "USD");
        only(all, Viewing.class).remark = "nice";
        only(all, Ledger.class).entries.add(new Money(BigDecimal.ONE, "EUR"));
        database.run(session -> all.forEach(session::merge));

        assertThat(types().count()).isEqualTo(count);
        all.forEach(row -> assertThat(types().findOf(row).orElseThrow().id())
                .as(row.getClass().getSimpleName())
                .isEqualTo(before.get(row)));
        assertThat(database.<Tower, RuntimeException>call(
                                session -> session.find(Tower.class, only(all, Tower.class).id))
                        .lifts)
                .isEqualTo(3);
    }

    @Test
    void rowsThatAreMergedBeforeTheyExistGetTheirs() {
        long before = types().count();
        List<Object> all = estate();
        List<Object> simple = all.stream()
                .filter(row -> row instanceof Note
                        || row instanceof Photo
                        || row instanceof Viewing
                        || row instanceof Setting
                        || row instanceof Region)
                .toList();
        database.run(session -> simple.forEach(session::merge));

        // With the city of the region.
        assertThat(types().count()).isEqualTo(before + simple.size() + 1);
    }

    @Test
    void statelessSessionsInsertUpsertAndDelete() {
        long before = types().count();
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Setting setting = new Setting();
            setting.key = UUID.randomUUID().toString();
            settings.add(setting);
        }
        Tower tower = new Tower();
        Sale sale = new Sale();
        Photo photo = new Photo();
        Trainee trainee = new Trainee();
        Archive archive = new Archive();
        List<Object> others = List.of(tower, sale, photo, trainee, archive);
        database.stateless().run(session -> {
            session.insertMultiple(settings);
            session.insertMultiple(others);
            session.upsert(settings.get(0));
            tower.floors = 9;
            session.update(tower);
        });
        assertThat(types().count()).isEqualTo(before + 55);
        others.forEach(row -> assertThat(types().findOf(row).orElseThrow().name())
                .isEqualTo(row.getClass().getSimpleName()));

        database.stateless().run(session -> {
            session.deleteMultiple(settings);
            session.delete(tower);
            session.delete(sale);
            session.delete(photo);
            session.delete(trainee);
        });
        assertThat(types().count()).isEqualTo(before + 1);
    }

    @Test
    void cachedRowsKeepTheirs() {
        List<Object> all = persisted();
        City city = only(all, City.class);
        Tag tag = only(all, Tag.class);
        var statistics = database.sessionFactory().getStatistics();
        statistics.setStatisticsEnabled(true);
        database.run(session -> session.find(City.class, city.id));
        database.run(session -> session.find(City.class, city.id).name = "Shelbyville");
        long hits = statistics.getSecondLevelCacheHitCount();
        City again = database.call(session -> session.find(City.class, city.id));
        database.run(session -> session.find(Tag.class, tag.id));

        assertThat(statistics.getSecondLevelCacheHitCount()).isGreaterThan(hits);
        assertThat(again.name).isEqualTo("Shelbyville");
        assertThat(types().findOf(again).orElseThrow().name()).isEqualTo("City");
        database.run(session -> {
            City loaded = session.find(City.class, city.id);
            assertThat(ContentTypes.of(database, session).findOf(loaded)).isPresent();
        });
    }

    @Test
    void rowsThatOnlyLookDeletedKeepTheirs() {
        List<Object> rows = estate().stream()
                .filter(row -> row instanceof Note || row instanceof Archive)
                .toList();
        database.run(session -> rows.forEach(session::persist));
        long count = types().count();
        database.run(session -> rows.forEach(row -> session.remove(session.merge(row))));

        assertThat(types().count()).isEqualTo(count);
        for (Object row : rows) {
            String table = row instanceof Note ? "e_note" : "e_archive";
            assertThat(database.<Long, RuntimeException>read(session -> session.createNativeQuery(
                                    "select count(*) from " + table + " where id = " + ((Base) row).id, Long.class)
                            .getSingleResult()))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsRemovedTakesItsContentTypeWithIt() {
        List<Object> all = persisted();
        long before = types().count();
        List<Object> reversed = new ArrayList<>(List.of(
                only(all, Complaint.class),
                only(all, Tower.class),
                only(all, House.class),
                only(all, Rental.class),
                only(all, Sale.class),
                only(all, PersonParty.class),
                only(all, CompanyParty.class),
                only(all, Photo.class),
                only(all, Plan.class),
                only(all, Offer.class),
                only(all, KeyHolder.class),
                only(all, Setting.class),
                only(all, Viewing.class),
                only(all, Room.class)));
        database.run(session -> reversed.forEach(row -> session.remove(session.merge(row))));

        // With two flats, two signatures, a passport and a line.
        assertThat(types().count()).isEqualTo(before - reversed.size() - 6);
        assertThat(types().removeOrphans()).isZero();
    }

    @Test
    void queriesOverHierarchiesTakeContentTypesWithThem() {
        List<Object> all = persisted();
        database.run(
                session -> session.createMutationQuery("delete from Complaint").executeUpdate());
        Collections.shuffle(all);
        long contracts = types().count(Rental.class) + types().count(Sale.class);
        assertThat(contracts).isPositive();

        database.run(session -> {
            session.createMutationQuery("delete from Signature").executeUpdate();
            assertThat((long)
                            session.createMutationQuery("delete from Contract").executeUpdate())
                    .isEqualTo(contracts);
            session.createMutationQuery("delete from House").executeUpdate();
            session.createMutationQuery("delete from Trainee where mentor is not null and id not in"
                            + " (select m.id from Manager g join g.team m)")
                    .executeUpdate();
            session.createMutationQuery("delete from Room r where r.id.number = 1")
                    .executeUpdate();
            session.createMutationQuery("delete from OfferLine").executeUpdate();
        });
        for (Class<?> gone : List.of(
                Complaint.class, Signature.class, Rental.class, Sale.class, House.class, Room.class, OfferLine.class)) {
            assertThat(types().count(gone)).as(gone.getSimpleName()).isZero();
        }
        assertThat(types().removeOrphans()).isZero();
    }

    @Test
    void contentTypesThatAreDeletedTakeWithThemWhatBelongsToTheirRows() {
        List<Object> all = persisted();
        House house = only(all, House.class);
        Ledger ledger = (Ledger) all.stream()
                .filter(row -> row instanceof Ledger some && some.parent != null)
                .findFirst()
                .orElseThrow();
        List<UUID> ids = List.of(
                types().findOf(house).orElseThrow().id(),
                types().findOf(ledger).orElseThrow().id());
        database.run(session -> assertThat(session.createMutationQuery("delete from ContentType where id in (:ids)")
                        .setParameterList("ids", ids)
                        .executeUpdate())
                .isEqualTo(2));

        assertThat(database.<House, RuntimeException>read(session -> session.find(House.class, house.id)))
                .isNull();
        assertThat(database.<Ledger, RuntimeException>read(session -> session.find(Ledger.class, ledger.id)))
                .isNull();
    }
}
