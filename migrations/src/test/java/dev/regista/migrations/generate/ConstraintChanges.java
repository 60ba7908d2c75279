package dev.regista.migrations.generate;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.util.List;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.type.SqlTypes;

/** What keeps rows in order: keys, checks, indexes, and values of enums. */
@SuppressWarnings({"unused", "NullAway"})
interface ConstraintChanges {
    List<Pair> ALL = List.of(
            new Pair(
                    "unique column",
                    List.of(Named.class),
                    List.of(UniqueColumnAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                    "column no longer unique",
                    List.of(UniqueColumnAfter.class),
                    List.of(Named.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                            "unique columns together",
                            List.of(UniqueColumnsTogetherBefore.class),
                            List.of(UniqueColumnsTogetherAfter.class),
                            List.of("insert into thing (id, name, number) values (1, 'a', 1)"))
                    .same(Store.SQLITE),
            new Pair(
                    "index added",
                    List.of(Named.class),
                    List.of(IndexAddedAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                            "unique index added",
                            List.of(Named.class),
                            List.of(UniqueIndexAddedAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .same(Store.SQLITE),
            new Pair(
                    "index removed",
                    List.of(IndexAddedAfter.class),
                    List.of(Named.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                    "index over other columns",
                    List.of(IndexOverOtherColumnsBefore.class),
                    List.of(IndexOverOtherColumnsAfter.class),
                    List.of("insert into thing (id, name, number) values (1, 'a', 1)")),
            new Pair(
                    "reference added",
                    List.of(ReferenceAddedVersions.V1.Thing.class, ReferenceAddedVersions.V1.Other.class),
                    List.of(ReferenceAddedVersions.V2.Thing.class, ReferenceAddedVersions.V2.Other.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "reference removed",
                            List.of(ReferenceRemovedVersions.V1.Thing.class, ReferenceRemovedVersions.V1.Other.class),
                            List.of(ReferenceRemovedVersions.V2.Thing.class, ReferenceRemovedVersions.V2.Other.class),
                            List.of(
                                    "insert into other (id) values (1)",
                                    "insert into thing (id, other_id) values (1, 1)"))
                    .with(options -> options.allowDrop(true)),
            new Pair(
                            "foreign key deletes with what it refers to",
                            List.of(
                                    ForeignKeyDeletesWithWhatItRefersToVersions.V1.Thing.class,
                                    ForeignKeyDeletesWithWhatItRefersToVersions.V1.Other.class),
                            List.of(
                                    ForeignKeyDeletesWithWhatItRefersToVersions.V2.Thing.class,
                                    ForeignKeyDeletesWithWhatItRefersToVersions.V2.Other.class),
                            List.of(
                                    "insert into other (id) values (1)",
                                    "insert into thing (id, other_id) values (1, 1)"))
                    .same(Store.SQLITE),
            new Pair(
                    "reference to one only",
                    List.of(ReferenceToOneOnlyVersions.V1.Thing.class, ReferenceToOneOnlyVersions.V1.Other.class),
                    List.of(ReferenceToOneOnlyVersions.V2.Thing.class, ReferenceToOneOnlyVersions.V2.Other.class),
                    List.of("insert into other (id) values (1)", "insert into thing (id, other_id) values (1, 1)")),
            new Pair(
                    "type of a key that others refer to",
                    List.of(
                            TypeOfAKeyThatOthersReferToVersions.V1.Thing.class,
                            TypeOfAKeyThatOthersReferToVersions.V1.Other.class),
                    List.of(
                            TypeOfAKeyThatOthersReferToVersions.V2.Thing.class,
                            TypeOfAKeyThatOthersReferToVersions.V2.Other.class),
                    List.of("insert into thing (id) values (1)", "insert into other (id, thing_id) values (1, 1)")),
            new Pair(
                    "check added",
                    List.of(Numbered.class),
                    List.of(CheckAddedAfter.class),
                    List.of("insert into thing (id, number) values (1, 1)")),
            new Pair(
                    "check changed",
                    List.of(CheckAddedAfter.class),
                    List.of(CheckChangedAfter.class),
                    List.of("insert into thing (id, number) values (1, 1)")),
            new Pair(
                    "check removed",
                    List.of(CheckAddedAfter.class),
                    List.of(Numbered.class),
                    List.of("insert into thing (id, number) values (1, 1)")),
            new Pair(
                    "check of a column added",
                    List.of(Numbered.class),
                    List.of(CheckOfAColumnAddedAfter.class),
                    List.of("insert into thing (id, number) values (1, 1)")),
            new Pair(
                    "value of an enum added",
                    List.of(ValueOfAnEnumAddedBefore.class),
                    List.of(ValueOfAnEnumAddedAfter.class),
                    List.of("insert into thing (id, state) values (1, 'NEW')")),
            new Pair(
                            "value of an enum removed",
                            List.of(ValueOfAnEnumAddedAfter.class),
                            List.of(ValueOfAnEnumAddedBefore.class),
                            List.of("insert into thing (id, state) values (1, 'NEW')"))
                    .with(options -> options.allowNarrowing(true)),
            new Pair(
                    "value of an enum of numbers added",
                    List.of(ValueOfAnEnumOfNumbersAddedBefore.class),
                    List.of(ValueOfAnEnumOfNumbersAddedAfter.class),
                    List.of("insert into thing (id, state) values (1, 0)")),
            new Pair(
                            "value of a named enum added",
                            List.of(ValueOfANamedEnumAddedVersions.V1.Thing.class),
                            List.of(ValueOfANamedEnumAddedVersions.V2.Thing.class),
                            List.of("insert into thing (id, state) values (1, 'NEW')"))
                    .unmapped(Store.MARIADB, Store.SQLITE),
            new Pair(
                            "value of a named enum removed",
                            List.of(ValueOfANamedEnumRemovedVersions.V1.Thing.class),
                            List.of(ValueOfANamedEnumRemovedVersions.V2.Thing.class),
                            List.of("insert into thing (id, state) values (1, 'NEW')"))
                    .with(options -> options.allowNarrowing(true))
                    .unmapped(Store.MARIADB, Store.SQLITE),
            new Pair(
                            "column with a named enum added",
                            List.of(ColumnWithANamedEnumAddedVersions.V1.Thing.class),
                            List.of(ColumnWithANamedEnumAddedVersions.V2.Thing.class),
                            List.of("insert into thing (id) values (1)"))
                    .unmapped(Store.MARIADB, Store.SQLITE),
            new Pair(
                    "primary key of other columns",
                    List.of(PrimaryKeyOfOtherColumnsBefore.class),
                    List.of(PrimaryKeyOfOtherColumnsAfter.class),
                    List.of("insert into thing (id, number) values (1, 2)")));

    enum Two {
        NEW,
        DONE
    }

    enum Three {
        NEW,
        DONE,
        LOST
    }

    @SuppressWarnings("serial")
    class Key implements java.io.Serializable {
        long id;
        long number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.id == id && key.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id + number);
        }
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
    class UniqueColumnAfter {
        @Id
        long id;

        @Column(unique = true)
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class UniqueColumnsTogetherBefore {
        @Id
        long id;

        String name;
        int number;
    }

    @Entity(name = "Thing")
    @Table(
            name = "thing",
            uniqueConstraints =
                    @UniqueConstraint(
                            name = "uk_both",
                            columnNames = {"name", "number"}))
    class UniqueColumnsTogetherAfter {
        @Id
        long id;

        String name;
        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", indexes = @Index(name = "ix_name", columnList = "name"))
    class IndexAddedAfter {
        @Id
        long id;

        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", indexes = @Index(name = "ix_name", columnList = "name", unique = true))
    class UniqueIndexAddedAfter {
        @Id
        long id;

        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", indexes = @Index(name = "ix_name", columnList = "name"))
    class IndexOverOtherColumnsBefore {
        @Id
        long id;

        String name;
        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", indexes = @Index(name = "ix_name", columnList = "number desc, name"))
    class IndexOverOtherColumnsAfter {
        @Id
        long id;

        String name;
        int number;
    }

    interface ReferenceAddedVersions {
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

                @ManyToOne
                Other other;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }

    interface ReferenceRemovedVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToOne
                Other other;
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
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }

    interface ForeignKeyDeletesWithWhatItRefersToVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToOne
                Other other;
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

                @ManyToOne
                @OnDelete(action = OnDeleteAction.CASCADE)
                Other other;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }

    interface ReferenceToOneOnlyVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToOne
                Other other;
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

                @OneToOne
                Other other;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }

    interface TypeOfAKeyThatOthersReferToVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                int id;
            }

            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;

                @ManyToOne
                Thing thing;
            }
        }

        interface V2 {
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

                @ManyToOne
                Thing thing;
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
    @Table(name = "thing", check = @CheckConstraint(constraint = "number > 0"))
    class CheckAddedAfter {
        @Id
        long id;

        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing", check = @CheckConstraint(constraint = "number > -5 and number < 1000"))
    class CheckChangedAfter {
        @Id
        long id;

        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class CheckOfAColumnAddedAfter {
        @Id
        long id;

        @Column(check = @CheckConstraint(name = "positive", constraint = "number > 0"))
        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ValueOfAnEnumAddedBefore {
        @Id
        long id;

        @Enumerated(EnumType.STRING)
        Two state;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ValueOfAnEnumAddedAfter {
        @Id
        long id;

        @Enumerated(EnumType.STRING)
        Three state;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ValueOfAnEnumOfNumbersAddedBefore {
        @Id
        long id;

        @Enumerated
        Two state;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ValueOfAnEnumOfNumbersAddedAfter {
        @Id
        long id;

        @Enumerated
        Three state;
    }

    interface ValueOfANamedEnumAddedVersions {
        interface V1 {
            enum State {
                NEW,
                DONE
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @JdbcTypeCode(SqlTypes.NAMED_ENUM)
                State state;
            }
        }

        interface V2 {
            enum State {
                NEW,
                DONE,
                LOST
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @JdbcTypeCode(SqlTypes.NAMED_ENUM)
                State state;
            }
        }
    }

    interface ValueOfANamedEnumRemovedVersions {
        interface V1 {
            enum State {
                NEW,
                DONE,
                LOST
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ColumnDefault("'NEW'")
                @JdbcTypeCode(SqlTypes.NAMED_ENUM)
                State state;
            }
        }

        interface V2 {
            enum State {
                NEW,
                DONE
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ColumnDefault("'NEW'")
                @JdbcTypeCode(SqlTypes.NAMED_ENUM)
                State state;
            }
        }
    }

    interface ColumnWithANamedEnumAddedVersions {
        interface V1 {
            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;
            }
        }

        interface V2 {
            enum State {
                NEW,
                DONE
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @JdbcTypeCode(SqlTypes.NAMED_ENUM)
                State state;
            }
        }
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class PrimaryKeyOfOtherColumnsBefore {
        @Id
        long id;

        @Column(nullable = false)
        long number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    @IdClass(Key.class)
    class PrimaryKeyOfOtherColumnsAfter {
        @Id
        long id;

        @Id
        long number;
    }
}
