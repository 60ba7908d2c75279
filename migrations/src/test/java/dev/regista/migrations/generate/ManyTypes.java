package dev.regista.migrations.generate;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.type.SqlTypes;

/** Models with what models usually have, and some that they seldom have. */
@SuppressWarnings({"unused", "NullAway"})
interface ManyTypes {
    Class<?>[] ALL = {
        Author.class, Book.class, Page.class, Animal.class, Cat.class, Dog.class, Vehicle.class, Boat.class
    };

    enum State {
        NEW,
        DONE
    }

    @Entity(name = "Author")
    @Table(
            name = "author",
            uniqueConstraints =
                    @UniqueConstraint(
                            name = "uk_author",
                            columnNames = {"name", "age"}),
            indexes = @Index(name = "ix_author_age", columnList = "age desc"),
            check = @CheckConstraint(constraint = "age > 3 and name like 'A%' or length(name) < 10"))
    class Author {
        @Id
        @GeneratedValue
        Long id;

        @Column(unique = true, length = 40)
        String name;

        int age;

        @Enumerated(EnumType.STRING)
        State state;

        @Enumerated
        State ordinal;

        @ColumnDefault("'it''s'")
        String defaulted;

        BigDecimal money;

        @Column(precision = 10, scale = 3)
        BigDecimal amount;

        Instant moment;
        LocalDate born;
        LocalTime daily;
        OffsetDateTime abroad;
        Duration lasting;
        Year since;
        boolean flag;
        double big;
        float little;
        short small;
        byte tiny;
        Character letter;
        char[] letters;
        byte[] raw;
        UUID uid;
        BigInteger huge;

        @Lob
        String story;

        @Lob
        byte[] picture;

        @Column(length = 100_000)
        String longer;

        @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
        String longest;

        @Column(columnDefinition = "integer default 5 not null")
        int defined;

        @Column(check = @CheckConstraint(name = "one_of", constraint = "choice in (1, 2, 3)"))
        int choice;

        @ColumnDefault("current_timestamp")
        Instant created;

        @Version
        int version;

        @Column(name = "`order`")
        String order;

        @ElementCollection
        List<String> tags;

        @ElementCollection
        Map<String, Integer> scores;
    }

    @Entity(name = "Book")
    @Table(name = "book")
    class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne
        @OnDelete(action = OnDeleteAction.CASCADE)
        Author author;

        @ManyToMany
        Set<Author> helpers;

        @OneToMany
        @OrderColumn
        List<Page> pages;

        @OneToOne
        Page cover;
    }

    @Entity(name = "Page")
    class Page {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE)
        Long id;
    }

    @Entity(name = "Animal")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    abstract class Animal {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        UUID id;
    }

    @Entity(name = "Cat")
    class Cat extends Animal {
        @Column(nullable = false)
        String purr;
    }

    @Entity(name = "Dog")
    @DiscriminatorValue("D'og")
    class Dog extends Animal {
        int bark;
    }

    @Entity(name = "Vehicle")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    class Vehicle {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "Boat")
    class Boat extends Vehicle {
        @ManyToOne
        Vehicle other;
    }
}
