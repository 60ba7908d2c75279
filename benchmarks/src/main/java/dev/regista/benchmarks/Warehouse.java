package dev.regista.benchmarks;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema of twenty tables with their sequences; every second one refers to the one before it. */
final class Warehouse {
    /** The entities. */
    static final List<Class<?>> MODELS = List.of(
            Table01.class,
            Table02.class,
            Table03.class,
            Table04.class,
            Table05.class,
            Table06.class,
            Table07.class,
            Table08.class,
            Table09.class,
            Table10.class,
            Table11.class,
            Table12.class,
            Table13.class,
            Table14.class,
            Table15.class,
            Table16.class,
            Table17.class,
            Table18.class,
            Table19.class,
            Table20.class);

    private Warehouse() {}

    /** What every table has. */
    @MappedSuperclass
    abstract static class Row {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @Nullable
        String name;

        int quantity;

        @Nullable
        BigDecimal price;

        @Nullable
        Instant created;
    }

    /** A table. */
    @Entity
    static class Table01 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table02 extends Row {
        @ManyToOne
        @Nullable
        Table01 parent;
    }

    /** A table. */
    @Entity
    static class Table03 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table04 extends Row {
        @ManyToOne
        @Nullable
        Table03 parent;
    }

    /** A table. */
    @Entity
    static class Table05 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table06 extends Row {
        @ManyToOne
        @Nullable
        Table05 parent;
    }

    /** A table. */
    @Entity
    static class Table07 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table08 extends Row {
        @ManyToOne
        @Nullable
        Table07 parent;
    }

    /** A table. */
    @Entity
    static class Table09 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table10 extends Row {
        @ManyToOne
        @Nullable
        Table09 parent;
    }

    /** A table. */
    @Entity
    static class Table11 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table12 extends Row {
        @ManyToOne
        @Nullable
        Table11 parent;
    }

    /** A table. */
    @Entity
    static class Table13 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table14 extends Row {
        @ManyToOne
        @Nullable
        Table13 parent;
    }

    /** A table. */
    @Entity
    static class Table15 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table16 extends Row {
        @ManyToOne
        @Nullable
        Table15 parent;
    }

    /** A table. */
    @Entity
    static class Table17 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table18 extends Row {
        @ManyToOne
        @Nullable
        Table17 parent;
    }

    /** A table. */
    @Entity
    static class Table19 extends Row {}

    /** A table that refers to another. */
    @Entity
    static class Table20 extends Row {
        @ManyToOne
        @Nullable
        Table19 parent;
    }
}
