package dev.regista.sql.estate;

import jakarta.persistence.AssociationOverride;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PrePersist;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.SQLDelete;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SoftDelete;

/** The models of some estate agent, with every style of mapping, as they could come from anywhere. */
public final class Estate {
    /** All of them. */
    public static final List<Class<?>> MODELS = List.of(
            Agency.class,
            Office.class,
            Agent.class,
            Manager.class,
            Trainee.class,
            Building.class,
            House.class,
            Tower.class,
            Flat.class,
            Room.class,
            Contract.class,
            Rental.class,
            Sale.class,
            Party.class,
            PersonParty.class,
            CompanyParty.class,
            Signature.class,
            Tag.class,
            Photo.class,
            Plan.class,
            Street.class,
            City.class,
            Region.class,
            Viewing.class,
            Offer.class,
            OfferLine.class,
            Key.class,
            KeyHolder.class,
            Note.class,
            Archive.class,
            Passport.class,
            Meter.class,
            Reading.class,
            Ledger.class,
            Setting.class,
            Complaint.class);

    private Estate() {}

    @MappedSuperclass
    public abstract static class Base {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        public Long id;

        @Version
        public int version;

        @Transient
        public boolean wasPrepared;

        @PrePersist
        void prepare() {
            wasPrepared = true;
        }
    }

    // ---- embeddables, records among them

    @Embeddable
    public record Money(@Column(precision = 12, scale = 2) BigDecimal amount, String currency) {}

    @Embeddable
    public record Span(LocalDate since, LocalDate until) {}

    @Embeddable
    public static class Address {
        public String street;

        @ManyToOne
        public City city;

        @Embedded
        public Position position;
    }

    @Embeddable
    public static class Position {
        public Double latitude;
        public Double longitude;
    }

    @Embeddable
    public record RoomId(Long flat, int number) implements Serializable {}

    public static class LineId implements Serializable {
        private static final long serialVersionUID = 1L;

        public Long offer;
        public Integer line;

        @Override
        public boolean equals(Object other) {
            return other instanceof LineId id && Objects.equals(id.offer, offer) && Objects.equals(id.line, line);
        }

        @Override
        public int hashCode() {
            return Objects.hash(offer, line);
        }
    }

    public enum Kind {
        DETACHED,
        TERRACED
    }

    @Converter
    public static class YesNo implements AttributeConverter<Boolean, String> {
        @Override
        public String convertToDatabaseColumn(Boolean value) {
            return value == null ? null : value ? "Y" : "N";
        }

        @Override
        public Boolean convertToEntityAttribute(String value) {
            return value == null ? null : value.equals("Y");
        }
    }

    // ---- places

    @Entity(name = "Region")
    @Table(name = "e_region")
    public static class Region extends Base {
        @NaturalId
        public String code;

        @OneToMany(mappedBy = "region", cascade = CascadeType.ALL)
        public Set<City> cities = new HashSet<>();
    }

    @Entity(name = "City")
    @Table(name = "e_city")
    @Cacheable
    public static class City extends Base {
        @NaturalId(mutable = true)
        public String name;

        @NaturalId(mutable = true)
        @ManyToOne
        public Region region;
    }

    @Entity(name = "Street")
    @Table(name = "e_street")
    @IdClass(StreetId.class)
    public static class Street {
        @Id
        public String name;

        @Id
        public String zip;

        @ManyToOne
        public City city;
    }

    public record StreetId(String name, String zip) implements Serializable {}

    // ---- single table

    @Entity(name = "Agent")
    @Table(name = "e_agent")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @DiscriminatorColumn(name = "kind")
    @DiscriminatorValue("A")
    public static class Agent extends Base {
        public String name;

        @ManyToOne
        public Office office;

        @ElementCollection
        @CollectionTable(name = "e_agent_phone")
        @OrderColumn(name = "pos")
        public List<String> phones = new ArrayList<>();
    }

    @Entity(name = "Manager")
    @DiscriminatorValue("M")
    public static class Manager extends Agent {
        @OneToMany
        @JoinTable(name = "e_manager_team")
        public Set<Agent> team = new HashSet<>();
    }

    @Entity(name = "Trainee")
    @DiscriminatorValue("T")
    public static class Trainee extends Agent {
        @ManyToOne
        public Manager mentor;
    }

    @Entity(name = "Agency")
    @Table(name = "e_agency")
    @SecondaryTable(name = "e_agency_tax")
    public static class Agency extends Base {
        public String name;

        @Column(table = "e_agency_tax")
        public String taxNumber;

        @OneToMany(mappedBy = "agency", cascade = CascadeType.ALL, orphanRemoval = true)
        public List<Office> offices = new ArrayList<>();
    }

    @Entity(name = "Office")
    @Table(name = "e_office")
    public static class Office extends Base {
        @ManyToOne
        public Agency agency;

        @Embedded
        @AttributeOverride(name = "street", column = @Column(name = "office_street"))
        @AssociationOverride(name = "city", joinColumns = @JoinColumn(name = "office_city"))
        public Address address;
    }

    // ---- joined

    @Entity(name = "Building")
    @Table(name = "e_building")
    @Inheritance(strategy = InheritanceType.JOINED)
    public abstract static class Building extends Base {
        @Embedded
        public Address address;

        @ManyToMany
        @JoinTable(name = "e_building_tag")
        public Set<Tag> tags = new HashSet<>();

        @ElementCollection
        @CollectionTable(name = "e_building_fact")
        @MapKeyColumn(name = "fact")
        public Map<String, String> facts = new HashMap<>();
    }

    @Entity(name = "House")
    @Table(name = "e_house")
    public static class House extends Building {
        @Enumerated(EnumType.STRING)
        public Kind kind;

        @Embedded
        public Money price;
    }

    @Entity(name = "Tower")
    @Table(name = "e_tower")
    @SecondaryTable(name = "e_tower_lift")
    public static class Tower extends Building {
        public int floors;

        @Column(table = "e_tower_lift")
        public Integer lifts;

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "tower_id", nullable = false)
        @OrderColumn(name = "pos")
        public List<Flat> flats = new ArrayList<>();
    }

    @Entity(name = "Flat")
    @Table(name = "e_flat")
    public static class Flat extends Base {
        public int storey;

        @Formula("storey * 3")
        public Integer metres;
    }

    @Entity(name = "Room")
    @Table(name = "e_room")
    public static class Room {
        @EmbeddedId
        public RoomId id;

        public double size;
    }

    // ---- a table per class

    @Entity(name = "Contract")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    public abstract static class Contract extends Base {
        @Embedded
        public Span span;

        @OneToMany(mappedBy = "contract", cascade = CascadeType.ALL, orphanRemoval = true)
        public Set<Signature> signatures = new HashSet<>();
    }

    @Entity(name = "Rental")
    @Table(name = "e_rental")
    public static class Rental extends Contract {
        @Embedded
        @AttributeOverride(name = "amount", column = @Column(name = "rent"))
        @AttributeOverride(name = "currency", column = @Column(name = "rent_currency"))
        public Money rent;
    }

    @Entity(name = "Sale")
    @Table(name = "e_sale")
    public static class Sale extends Contract {
        @Lob
        public String deed;
    }

    @Entity(name = "Signature")
    @Table(name = "e_signature")
    public static class Signature extends Base {
        @ManyToOne
        public Contract contract;

        @ManyToOne
        public Party party;
    }

    // ---- an interface of its own for ids

    @Entity(name = "Party")
    @Table(name = "e_party")
    @Inheritance
    public abstract static class Party {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        public UUID id;

        @Convert(converter = YesNo.class)
        public Boolean active = true;
    }

    @Entity(name = "PersonParty")
    public static class PersonParty extends Party {
        public String firstName;

        @OneToOne(mappedBy = "owner", cascade = CascadeType.ALL)
        public Passport passport;
    }

    @Entity(name = "CompanyParty")
    public static class CompanyParty extends Party {
        public String registerNumber;
    }

    @Entity(name = "Passport")
    @Table(name = "e_passport")
    public static class Passport {
        @Id
        public UUID id;

        @MapsId
        @OneToOne
        public PersonParty owner;

        @Column(name = "passport_number")
        public String number;
    }

    // ---- the rest

    @Entity(name = "Tag")
    @Table(name = "e_tag")
    @Cacheable
    public static class Tag extends Base {
        @Column(unique = true)
        public String text;

        @ManyToMany(mappedBy = "tags")
        public Set<Building> buildings = new HashSet<>();
    }

    @Entity(name = "Photo")
    @Table(name = "e_photo")
    public static class Photo {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        public Long id;

        public byte[] data;
    }

    @Entity(name = "Plan")
    @Table(name = "e_plan")
    @Immutable
    public static class Plan {
        @Id
        public String code;

        public String drawing;
    }

    @Entity(name = "Viewing")
    @Table(name = "e_viewing")
    @DynamicInsert
    @DynamicUpdate
    public static class Viewing extends Base {
        public String remark;
        public Integer rating;
    }

    @Entity(name = "Offer")
    @Table(name = "e_offer")
    public static class Offer extends Base {
        @OneToMany(mappedBy = "offer", cascade = CascadeType.ALL, orphanRemoval = true)
        public List<OfferLine> lines = new ArrayList<>();
    }

    @Entity(name = "OfferLine")
    @Table(name = "e_offer_line")
    @IdClass(LineId.class)
    public static class OfferLine {
        @Id
        @ManyToOne
        public Offer offer;

        @Id
        public Integer line;

        public String text;
    }

    @Entity(name = "Key")
    @Table(name = "e_key")
    public static class Key {
        @Id
        public int number;

        @ManyToMany(mappedBy = "keys")
        public Set<KeyHolder> holders = new HashSet<>();
    }

    @Entity(name = "KeyHolder")
    @Table(name = "e_key_holder")
    public static class KeyHolder extends Base {
        @ManyToMany(cascade = CascadeType.PERSIST)
        @JoinTable(name = "e_key_holder_key")
        public Set<Key> keys = new HashSet<>();
    }

    @Entity(name = "Note")
    @Table(name = "e_note")
    @SoftDelete
    public static class Note extends Base {
        public String text;
    }

    @Entity(name = "Archive")
    @Table(name = "e_archive")
    @SQLDelete(sql = "update e_archive set gone = 1 where id = ? and version = ?")
    @SQLRestriction("gone = 0")
    public static class Archive extends Base {
        public int gone;
    }

    @Entity(name = "Meter")
    @Table(name = "e_meter")
    public static class Meter extends Base {
        @OneToMany
        @MapKeyColumn(name = "month_name")
        @JoinTable(name = "e_meter_reading")
        public Map<String, Reading> readings = new HashMap<>();
    }

    @Entity(name = "Reading")
    @Table(name = "e_reading")
    public static class Reading extends Base {
        public long counter;
    }

    @Entity(name = "Ledger")
    @Table(name = "e_ledger")
    public static class Ledger extends Base {
        @ElementCollection
        @CollectionTable(name = "e_ledger_entry")
        public List<Money> entries = new ArrayList<>();

        @ManyToOne
        public Ledger parent;
    }

    @Entity(name = "Setting")
    @Table(name = "e_setting")
    public static class Setting {
        @Id
        @Column(name = "setting_key")
        public String key;

        @Column(name = "setting_value")
        public String value;
    }

    @Entity(name = "Complaint")
    @Table(name = "e_complaint")
    public static class Complaint extends Base {
        @ManyToOne
        public Flat flat;

        public String text;
    }
}
