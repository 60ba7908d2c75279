package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.Registry;
import dev.regista.model.ModelPart;
import dev.regista.sql.SqlDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What do five hundred entities cost at the start: time and heap of opening, of mapping the models, and of the first unit of
 * work, beside a session factory of Hibernate's of the same five hundred?
 *
 * <p>{@code bin/bench models}
 *
 * <p>Each entity has an id, a version, six columns, and a reference to another one. Every start is one of a JVM that has
 * done nothing before; heap is what is left after garbage collections, beyond what there was when the classes had been made.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class ModelsBenchmark {
    private static final int MODELS = 500;

    /** Who maps them. */
    @Param({"regista", "hibernate"})
    private String contestant = "regista";

    private final List<Class<?>> models = new ArrayList<>();
    private @Nullable Target target;
    private @Nullable AutoCloseable opened;

    /** Makes the models, and the table of the one that is used. */
    @Setup
    public void prepare() throws Exception {
        Target found = Target.current();
        target = found;
        Class<?> previous = null;
        for (int i = 0; i < MODELS; i++) {
            previous = model("Entity" + i, previous);
            models.add(previous);
        }
        found.execute(
                "create table if not exists Entity0 (id bigint primary key, version integer not null, name varchar(255),"
                        + " code varchar(255), amount bigint, rank integer, active boolean, created timestamp)",
                "insert into Entity0 (id, version) values (1, 0) on conflict do nothing");
    }

    private static Class<?> model(String name, @Nullable Class<?> previous) throws Exception {
        DynamicType.Builder<?> entity = new ByteBuddy()
                .subclass(Object.class)
                .name(ModelsBenchmark.class.getPackageName() + "." + name)
                .annotateType(annotation(Entity.class));
        entity = field(entity, "id", Long.class, Id.class);
        entity = field(entity, "version", int.class, Version.class);
        entity = entity.defineField("name", String.class, Visibility.PUBLIC)
                .defineField("code", String.class, Visibility.PUBLIC)
                .defineField("amount", Long.class, Visibility.PUBLIC)
                .defineField("rank", Integer.class, Visibility.PUBLIC)
                .defineField("active", Boolean.class, Visibility.PUBLIC)
                .defineField("created", Instant.class, Visibility.PUBLIC);
        if (previous != null) {
            entity = entity.defineField("previous", previous, Visibility.PUBLIC)
                    .annotateField(AnnotationDescription.Builder.ofType(ManyToOne.class)
                            .define("fetch", FetchType.LAZY)
                            .build());
        }
        return entity.make()
                .load(
                        ModelsBenchmark.class.getClassLoader(),
                        ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                .getLoaded();
    }

    private static DynamicType.Builder<?> field(
            DynamicType.Builder<?> entity, String name, Class<?> type, Class<? extends Annotation> annotation) {
        return entity.defineField(name, type, Visibility.PUBLIC).annotateField(annotation(annotation));
    }

    private static AnnotationDescription annotation(Class<? extends Annotation> type) {
        return AnnotationDescription.Builder.ofType(type).build();
    }

    /** Opens, maps, and finds one row. */
    @Benchmark
    public Object start() {
        Target found = target;
        if (found == null) {
            throw new IllegalStateException("not set up");
        }
        Object row = contestant.equals("regista") ? regista(found) : hibernate(found);
        if (row == null) {
            throw new IllegalStateException("nothing found");
        }
        return row;
    }

    private @Nullable Object regista(Target found) {
        long heap = heap();
        long start = System.nanoTime();
        Registry registry =
                Registry.builder().main(found.regista().models(models)).open();
        long open = System.nanoTime();
        opened = registry;
        long heapOpen = heap();
        long mapping = System.nanoTime();
        SqlDatabase database = registry.main(SqlDatabase.class);
        registry.initModels(ModelPart.MAPPING);
        long init = System.nanoTime();
        Object row = database.read(session -> session.find(models.get(0), 1L));
        long end = System.nanoTime();
        Recording.add("regista open", List.of((double) (open - start)));
        Recording.add("regista mapping", List.of((double) (init - mapping)));
        Recording.add("regista first unit", List.of((double) (end - init)));
        Recording.add("regista start", List.of((double) (open - start + end - mapping)));
        Recording.add("regista open heap bytes", List.of((double) (heapOpen - heap)));
        Recording.add("regista start heap bytes", List.of((double) (heap() - heap)));
        return row;
    }

    private @Nullable Object hibernate(Target found) {
        long heap = heap();
        long start = System.nanoTime();
        HikariDataSource pool = found.pool();
        SessionFactory factory = HibernatePeer.plain(pool, models);
        opened = () -> {
            factory.close();
            pool.close();
        };
        long mapped = System.nanoTime();
        Object row = factory.fromSession(session -> session.find(models.get(0), 1L));
        long end = System.nanoTime();
        Recording.add("hibernate factory", List.of((double) (mapped - start)));
        Recording.add("hibernate first unit", List.of((double) (end - mapped)));
        Recording.add("hibernate start", List.of((double) (end - start)));
        Recording.add("hibernate start heap bytes", List.of((double) (heap() - heap)));
        return row;
    }

    private static long heap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Closes it. */
    @TearDown
    public void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }
}
