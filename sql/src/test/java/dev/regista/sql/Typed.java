package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.NoContentType;
import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.SQLInsert;
import org.jspecify.annotations.NullUnmarked;

/** Models for the tests of content types. */
@NullUnmarked
final class Typed {
    private Typed() {}

    @Entity(name = "Person")
    @Table(name = "typed_person")
    static class Person {
        @Id
        @GeneratedValue
        Long id;

        @Version
        int version;

        String name;

        @ElementCollection
        Set<String> nicknames = new HashSet<>();

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        List<Pet> pets = new ArrayList<>();

        Person() {}

        Person(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Pet")
    @Table(name = "typed_pet")
    static class Pet {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Pet() {}

        Pet(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Company")
    @Table(name = "typed_company")
    static class Company {
        @Id
        String code;

        String name;

        Company() {}

        Company(String code) {
            this.code = code;
            this.name = "Company " + code;
        }
    }

    @Entity(name = "Vehicle")
    @Table(name = "typed_vehicle")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Vehicle {
        @Id
        @GeneratedValue
        Long id;

        int wheels;
    }

    @Entity(name = "Truck")
    @Table(name = "typed_truck")
    static class Truck extends Vehicle {
        @Column(name = "load_kg")
        int load;
    }

    /** Has something of that name: its own affair. */
    @Entity(name = "Upload")
    @Table(name = "typed_upload")
    static class Upload {
        @Id
        @GeneratedValue
        Long id;

        @Transient
        String contentType = "text/plain";
    }

    @Entity(name = "Secretive")
    @Table(name = "typed_secretive")
    @NoContentType
    static class Secretive {
        @Id
        @GeneratedValue
        Long id;
    }

    /** A model of a shared content type with a field of its own. */
    @Entity(name = "Explicit")
    @Table(name = "typed_explicit")
    static class Explicit {
        @Id
        @GeneratedValue
        Long id;

        @OneToOne
        Kind kind;
    }

    /** A prototype. */
    @Entity(name = "Kind")
    @Table(name = "typed_kind")
    static class Kind extends ContentType {
        @Column(length = 40)
        String note;

        public Kind() {}
    }

    /** No prototype: not an entity. */
    static class OtherKind extends ContentType {}

    @Entity(name = "OwnInsert")
    @Table(name = "typed_own_insert")
    @SQLInsert(sql = "insert into typed_own_insert (id) values (?)")
    static class OwnInsert {
        @Id
        Long id;
    }

    @Entity(name = "Memo")
    @Table(name = "typed_memo")
    @TenantModel
    static class Memo {
        @Id
        @GeneratedValue
        Long id;

        String text;

        @ManyToOne
        Person author;

        @ElementCollection
        List<String> entries = new ArrayList<>();

        Memo() {}

        Memo(String text) {
            this.text = text;
        }
    }
}
