package dev.regista.migrations.generate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.List;

/** Tables that come, go, and are called otherwise. */
@SuppressWarnings({"unused", "NullAway"})
interface TableChanges {
    List<Pair> ALL = List.of(
            new Pair(
                    "table added",
                    List.of(Plain.class),
                    List.of(Plain.class, TableAddedAfterOther.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "table removed",
                            List.of(Plain.class, TableRemovedBeforeOther.class),
                            List.of(Plain.class),
                            List.of("insert into other (id, name) values (1, 'a')"))
                    .with(options -> options.allowDrop(true).owned(List.of("other"))),
            new Pair(
                            "table renamed",
                            List.of(Named.class),
                            List.of(TableRenamedAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.rename("thing=item")),
            new Pair(
                            "table with a foreign key to it renamed",
                            List.of(
                                    TableWithAForeignKeyToItRenamedVersions.V1.Thing.class,
                                    TableWithAForeignKeyToItRenamedVersions.V1.Other.class),
                            List.of(
                                    TableWithAForeignKeyToItRenamedVersions.V2.Thing.class,
                                    TableWithAForeignKeyToItRenamedVersions.V2.Other.class),
                            List.of(
                                    "insert into thing (id) values (1)",
                                    "insert into other (id, thing_id) values (1, 1)"))
                    .with(options -> options.rename("thing=item")),
            new Pair(
                            "table and column renamed, and one added",
                            List.of(Named.class),
                            List.of(TableAndColumnRenamedAndOneAddedAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.rename("thing=item").rename("item.name=title")),
            new Pair(
                    "two tables that refer to each other added",
                    List.of(TwoTablesThatReferToEachOtherAddedVersions.V1.Other.class),
                    List.of(
                            TwoTablesThatReferToEachOtherAddedVersions.V2.Other.class,
                            TwoTablesThatReferToEachOtherAddedVersions.V2.Thing.class,
                            TwoTablesThatReferToEachOtherAddedVersions.V2.Leaf.class),
                    List.of("insert into other (id) values (1)")),
            new Pair(
                            "two tables that refer to each other removed",
                            List.of(
                                    TwoTablesThatReferToEachOtherRemovedVersions.V1.Other.class,
                                    TwoTablesThatReferToEachOtherRemovedVersions.V1.Thing.class,
                                    TwoTablesThatReferToEachOtherRemovedVersions.V1.Leaf.class),
                            List.of(TwoTablesThatReferToEachOtherRemovedVersions.V2.Other.class),
                            List.of("insert into other (id) values (1)"))
                    .with(options -> options.allowDrop(true).owned(List.of("thing", "leaf"))));

    @Entity(name = "Thing")
    @Table(name = "thing")
    class Plain {
        @Id
        long id;
    }

    @Entity(name = "Other")
    @Table(name = "other")
    class TableAddedAfterOther {
        @Id
        long id;

        String name;
    }

    @Entity(name = "Other")
    @Table(name = "other")
    class TableRemovedBeforeOther {
        @Id
        long id;

        @Column(unique = true)
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
    @Table(name = "item")
    class TableRenamedAfter {
        @Id
        long id;

        String name;
    }

    interface TableWithAForeignKeyToItRenamedVersions {
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

                @ManyToOne
                Thing thing;
            }
        }

        interface V2 {
            @Entity(name = "Thing")
            @Table(name = "item")
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
    @Table(name = "item")
    class TableAndColumnRenamedAndOneAddedAfter {
        @Id
        long id;

        String title;
        String more;
    }

    interface TwoTablesThatReferToEachOtherAddedVersions {
        interface V1 {
            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }

        interface V2 {
            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToOne
                Leaf leaf;
            }

            @Entity(name = "Leaf")
            @Table(name = "leaf")
            class Leaf {
                @Id
                long id;

                @ManyToOne
                Thing thing;
            }
        }
    }

    interface TwoTablesThatReferToEachOtherRemovedVersions {
        interface V1 {
            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }

            @Entity(name = "Thing")
            @Table(name = "thing")
            class Thing {
                @Id
                long id;

                @ManyToOne
                Leaf leaf;
            }

            @Entity(name = "Leaf")
            @Table(name = "leaf")
            class Leaf {
                @Id
                long id;

                @ManyToOne
                Thing thing;
            }
        }

        interface V2 {
            @Entity(name = "Other")
            @Table(name = "other")
            class Other {
                @Id
                long id;
            }
        }
    }
}
