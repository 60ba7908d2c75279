package dev.regista.migrations.generate;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.GeneratedColumn;

/** Ids, comments, and what is more than one column. */
@SuppressWarnings({"unused", "NullAway"})
interface IdChanges {
    List<Pair> ALL = List.of(
            new Pair(
                            "steps of a sequence",
                            List.of(StepsOfASequenceBefore.class),
                            List.of(StepsOfASequenceAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .same(Store.SQLITE),
            new Pair(
                    "ids from a sequence",
                    List.of(Plain.class),
                    List.of(IdsFromASequenceAfter.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "ids no longer from a sequence",
                            List.of(IdsFromASequenceAfter.class),
                            List.of(Plain.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.allowDrop(true).owned(List.of("thing_SEQ"))),
            new Pair(
                            "ids from the column",
                            List.of(Plain.class),
                            List.of(IdsFromTheColumnAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.allowNarrowing(true).allowConversion(true)),
            new Pair(
                            "ids no longer from the column",
                            List.of(IdsNoLongerFromTheColumnBefore.class),
                            List.of(Named.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.allowNarrowing(true).allowConversion(true)),
            new Pair(
                    "comments",
                    List.of(CommentsBefore.class),
                    List.of(CommentsAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                            "comments removed",
                            List.of(CommentsRemovedBefore.class),
                            List.of(Named.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .same(Store.SQLITE),
            new Pair(
                    "many to many",
                    List.of(ManyToManyVersions.V1.Thing.class, ManyToManyVersions.V1.Other.class),
                    List.of(ManyToManyVersions.V2.Thing.class, ManyToManyVersions.V2.Other.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                    "collection of values",
                    List.of(Plain.class),
                    List.of(CollectionOfValuesAfter.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "embedded values",
                            List.of(Plain.class),
                            List.of(EmbeddedValuesAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.nullable("Thing.address.street")),
            new Pair(
                    "names that are words of SQL",
                    List.of(NamesThatAreWordsOfVersions.V1.Thing.class),
                    List.of(NamesThatAreWordsOfVersions.V2.Thing.class),
                    List.of("insert into %q (id) values (1)")),
            new Pair(
                    "generated column",
                    List.of(Numbered.class),
                    List.of(GeneratedColumnAfter.class),
                    List.of("insert into thing (id, number) values (1, 7)")),
            new Pair(
                    "subclasses in tables of their own",
                    List.of(SubclassesInTablesOfTheirOwnVersions.V1.Thing.class),
                    List.of(
                            SubclassesInTablesOfTheirOwnVersions.V2.Thing.class,
                            SubclassesInTablesOfTheirOwnVersions.V2.Sub.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "subclasses in the same table",
                            List.of(SubclassesInTheSameTableVersions.V1.Thing.class),
                            List.of(
                                    SubclassesInTheSameTableVersions.V2.Thing.class,
                                    SubclassesInTheSameTableVersions.V2.Sub.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.defaultValue("thing.dtype", "Thing")));

    @Embeddable
    class Address {
        @Column(nullable = false)
        String street;

        String town;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class StepsOfASequenceBefore {
        @Id
        @GeneratedValue
        @SequenceGenerator(name = "s", sequenceName = "thing_seq", allocationSize = 50)
        long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class StepsOfASequenceAfter {
        @Id
        @GeneratedValue
        @SequenceGenerator(name = "s", sequenceName = "thing_seq", allocationSize = 10)
        long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class Plain {
        @Id
        long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class IdsFromASequenceAfter {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class IdsFromTheColumnAfter {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class IdsNoLongerFromTheColumnBefore {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class Named {
        @Id
        long id;

        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class CommentsBefore {
        @Id
        long id;

        @Column(comment = "what it is called")
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", comment = "all things")
    class CommentsAfter {
        @Id
        long id;

        @Column(comment = "the name; a short one")
        String name;

        @Column(comment = "how many")
        Integer number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", comment = "all things")
    class CommentsRemovedBefore {
        @Id
        long id;

        @Column(comment = "how it is called")
        String name;
    }

    interface ManyToManyVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }

        interface V2 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToMany
                Set<Other> others;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class CollectionOfValuesAfter {
        @Id
        long id;

        @ElementCollection
        Set<String> tags;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class EmbeddedValuesAfter {
        @Id
        long id;

        @Embedded
        Address address;
    }

    interface NamesThatAreWordsOfVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "`group`")
            class Thing {
                @Id
                long id;

                @Column(name = "`order`")
                String order;
            }
        }

        interface V2 {
            @Entity(name = "Thing")
            @Table(name = "`group`", indexes = @Index(name = "ix_order", columnList = "`order`"))
            class Thing {
                @Id
                long id;

                @Column(name = "`order`", unique = true)
                String order;

                @Column(name = "`My Column`")
                String mine;

                @ManyToOne
                Thing parent;
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class Numbered {
        @Id
        long id;

        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class GeneratedColumnAfter {
        @Id
        long id;

        int number;

        @GeneratedColumn("number * 2")
        int twice;
    }

    interface SubclassesInTablesOfTheirOwnVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            @Inheritance(strategy = InheritanceType.JOINED)
            class Thing {
                @Id
                long id;
            }
        }

        interface V2 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            @Inheritance(strategy = InheritanceType.JOINED)
            class Thing {
                @Id
                long id;
            }

            @Entity(name = "Sub")
            @Table(name = "sub")
            class Sub extends Thing {
                String more;
            }
        }
    }

    interface SubclassesInTheSameTableVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
            class Thing {
                @Id
                long id;
            }
        }

        interface V2 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
            class Thing {
                @Id
                long id;
            }

            @Entity(name = "Sub")
            class Sub extends Thing {
                String more;
            }
        }
    }
}
