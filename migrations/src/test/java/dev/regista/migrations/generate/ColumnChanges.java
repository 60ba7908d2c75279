package dev.regista.migrations.generate;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;

/** Columns, and what they hold. */
@SuppressWarnings({"unused", "NullAway"})
interface ColumnChanges {
    List<Pair> ALL = List.of(
            new Pair(
                    "column added",
                    List.of(Plain.class),
                    List.of(Named.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                    "several columns of all kinds added",
                    List.of(Plain.class),
                    List.of(SeveralColumnsOfAllKindsAddedAfter.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                    "column with a default added",
                    List.of(Plain.class),
                    List.of(ColumnWithADefaultAddedAfter.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                            "column that is not null added, with a value",
                            List.of(Plain.class),
                            List.of(ColumnThatIsNotNullAddedWithAValueAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.defaultValue("Thing.name", "it's \\ none")
                            .defaultValue("Thing.number", "3")
                            .defaultValue("Thing.flag", "true")
                            .defaultValue("Thing.born", "2020-02-29")),
            new Pair(
                            "column that is not null added, as nullable first",
                            List.of(Plain.class),
                            List.of(ColumnThatIsNotNullAddedAsNullableFirstAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.nullable("Thing.name")),
            new Pair(
                            "column removed",
                            List.of(Named.class),
                            List.of(Plain.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.allowDrop(true)),
            new Pair(
                            "column that is not null removed",
                            List.of(ColumnThatIsNotNullRemovedBefore.class),
                            List.of(Plain.class),
                            List.of("insert into thing (id, name, moment) values (1, 'Emma', '2020-01-01 00:00:00')"))
                    .with(options -> options.allowDrop(true)),
            new Pair(
                            "column with index, unique and check removed",
                            List.of(ColumnWithIndexUniqueAndCheckRemovedBefore.class),
                            List.of(Plain.class),
                            List.of("insert into thing (id, name, number) values (1, 'a', 1)"))
                    .with(options -> options.allowDrop(true)),
            new Pair(
                            "column renamed",
                            List.of(Named.class),
                            List.of(ColumnRenamedAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.rename("thing.name=thing.title")),
            new Pair(
                            "column with index, unique and check renamed",
                            List.of(ColumnWithIndexUniqueAndCheckRenamedBefore.class),
                            List.of(ColumnWithIndexUniqueAndCheckRenamedAfter.class),
                            List.of("insert into thing (id, name, number) values (1, 'a', 1)"))
                    .with(options -> options.rename("thing.number=amount")),
            new Pair(
                    "text longer",
                    List.of(TextLongerBefore.class),
                    List.of(TextLongerAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                            "text shorter",
                            List.of(TextLongerBefore.class),
                            List.of(TextShorterAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.allowNarrowing(true)),
            new Pair(
                            "text without limit",
                            List.of(Named.class),
                            List.of(TextWithoutLimitAfter.class),
                            List.of("insert into thing (id, name) values (1, 'Emma')"))
                    .with(options -> options.allowNarrowing(true)),
            new Pair(
                    "integer to long",
                    List.of(Numbered.class),
                    List.of(IntegerToLongAfter.class),
                    List.of("insert into thing (id, number) values (1, 7)")),
            new Pair(
                    "precision and scale",
                    List.of(PrecisionAndScaleBefore.class),
                    List.of(PrecisionAndScaleAfter.class),
                    List.of("insert into thing (id, amount) values (1, 7.25)")),
            new Pair(
                            "text to number",
                            List.of(Named.class),
                            List.of(TextToNumberAfter.class),
                            List.of("insert into thing (id, name) values (1, '7')"))
                    .with(options -> options.allowConversion(true)),
            new Pair(
                            "text to number, with a default",
                            List.of(TextToNumberWithADefaultBefore.class),
                            List.of(TextToNumberWithADefaultAfter.class),
                            List.of("insert into thing (id, name) values (1, '7')"))
                    .with(options -> options.allowConversion(true)),
            new Pair(
                    "can be null",
                    List.of(ColumnThatIsNotNullAddedAsNullableFirstAfter.class),
                    List.of(Named.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                            "cannot be null, with a value",
                            List.of(Named.class),
                            List.of(ColumnThatIsNotNullAddedAsNullableFirstAfter.class),
                            List.of("insert into thing (id) values (1)"))
                    .with(options -> options.defaultValue("Thing.name", "none")),
            new Pair(
                    "cannot be null",
                    List.of(Named.class),
                    List.of(ColumnThatIsNotNullAddedAsNullableFirstAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                    "default added",
                    List.of(Named.class),
                    List.of(DefaultAddedAfter.class),
                    List.of("insert into thing (id, name) values (1, 'Emma')")),
            new Pair(
                    "default changed",
                    List.of(DefaultChangedBefore.class),
                    List.of(DefaultChangedAfter.class),
                    List.of("insert into thing (id) values (1)")),
            new Pair(
                    "default removed",
                    List.of(DefaultAddedAfter.class),
                    List.of(Named.class),
                    List.of("insert into thing (id) values (1)")));

    @Entity(name = "Thing")
    @Table(name = "thing")
    class Plain {
        @Id
        long id;
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
    class SeveralColumnsOfAllKindsAddedAfter {
        @Id
        long id;

        Boolean flag;
        Integer number;
        Double real_number;
        BigDecimal amount;
        LocalDate born;
        LocalTime at_time;
        Instant moment;
        UUID uid;
        byte[] raw;
        Short small;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ColumnWithADefaultAddedAfter {
        @Id
        long id;

        @ColumnDefault("'none'")
        @Column(nullable = false)
        String name;

        @ColumnDefault("7")
        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ColumnThatIsNotNullAddedWithAValueAfter {
        @Id
        long id;

        @Column(nullable = false)
        String name;

        int number;
        boolean flag;

        @Column(nullable = false)
        LocalDate born;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ColumnThatIsNotNullAddedAsNullableFirstAfter {
        @Id
        long id;

        @Column(nullable = false)
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ColumnThatIsNotNullRemovedBefore {
        @Id
        long id;

        @Column(nullable = false)
        String name;

        @Column(nullable = false)
        Instant moment;
    }

    @Entity(name = "Thing")
    @Table(
            name = "thing",
            indexes = @Index(name = "ix_number", columnList = "number"),
            check = @CheckConstraint(constraint = "number >= 0"))
    class ColumnWithIndexUniqueAndCheckRemovedBefore {
        @Id
        long id;

        @Column(unique = true)
        String name;

        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class ColumnRenamedAfter {
        @Id
        long id;

        String title;
    }

    @Entity(name = "Thing")
    @Table(
            name = "thing",
            indexes = @Index(name = "ix_number", columnList = "number desc, name"),
            check = @CheckConstraint(constraint = "number > 0"))
    class ColumnWithIndexUniqueAndCheckRenamedBefore {
        @Id
        long id;

        @Column(unique = true)
        String name;

        int number;
    }

    @Entity(name = "Thing")
    @Table(
            name = "thing",
            indexes = @Index(name = "ix_number", columnList = "amount desc, name"),
            check = @CheckConstraint(constraint = "amount > 0"))
    class ColumnWithIndexUniqueAndCheckRenamedAfter {
        @Id
        long id;

        @Column(unique = true)
        String name;

        int amount;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextLongerBefore {
        @Id
        long id;

        @Column(length = 40)
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextLongerAfter {
        @Id
        long id;

        @Column(length = 80)
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextShorterAfter {
        @Id
        long id;

        @Column(length = 20)
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextWithoutLimitAfter {
        @Id
        long id;

        @Column(columnDefinition = "text")
        String name;
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
    class IntegerToLongAfter {
        @Id
        long id;

        long number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class PrecisionAndScaleBefore {
        @Id
        long id;

        @Column(precision = 10, scale = 2)
        BigDecimal amount;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class PrecisionAndScaleAfter {
        @Id
        long id;

        @Column(precision = 14, scale = 4)
        BigDecimal amount;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextToNumberAfter {
        @Id
        long id;

        Integer name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextToNumberWithADefaultBefore {
        @Id
        long id;

        @ColumnDefault("'7'")
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class TextToNumberWithADefaultAfter {
        @Id
        long id;

        @ColumnDefault("8")
        Integer name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class DefaultAddedAfter {
        @Id
        long id;

        @ColumnDefault("'none'")
        String name;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class DefaultChangedBefore {
        @Id
        long id;

        @ColumnDefault("1")
        int number;
    }

    @Entity(name = "Thing")
    @Table(name = "thing")
    class DefaultChangedAfter {
        @Id
        long id;

        @ColumnDefault("2")
        int number;
    }
}
