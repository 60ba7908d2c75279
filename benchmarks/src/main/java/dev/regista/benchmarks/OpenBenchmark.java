package dev.regista.benchmarks;

import dev.regista.Registry;
import dev.regista.RegistryBuilder;
import dev.regista.sql.SqlDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
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
 * Does an application that declares many databases and uses one pay for the others when it starts?
 *
 * <p>{@code bin/bench open}, {@code bin/bench open-curve}
 *
 * <p>Each database has five models of its own. The time is that from the first line of the builder to the first entity that
 * was found in one of the databases, in a JVM that has done nothing before. All of them are required, so that opening asks each
 * whether it is there. Started in turn with one and with two hundred declared, and
 * for the curve with ten and fifty too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class OpenBenchmark {
    private static final int MODELS = 5;
    private static final int MOST = 200;

    /** How many databases are declared. */
    @Param({"1", "200"})
    private int declared;

    private final List<List<Class<?>>> models = new ArrayList<>();
    private @Nullable Target target;
    private @Nullable Registry registry;

    /** Makes the models of two hundred databases, however many are declared, and the table of the one that is used. */
    @Setup
    public void prepare() throws Exception {
        Target found = Target.current();
        target = found;
        for (int database = 0; database < MOST; database++) {
            List<Class<?>> ofDatabase = new ArrayList<>();
            for (int model = 0; model < MODELS; model++) {
                ofDatabase.add(model("Model" + database + "x" + model));
            }
            models.add(ofDatabase);
        }
        found.execute(
                "create table if not exists Model0x0 (id bigint primary key, name varchar(255))",
                "insert into Model0x0 values (1, 'one') on conflict do nothing");
    }

    private static Class<?> model(String name) throws Exception {
        return new ByteBuddy()
                .subclass(Object.class)
                .name(OpenBenchmark.class.getPackageName() + "." + name)
                .annotateType(AnnotationDescription.Builder.ofType(Entity.class).build())
                .defineField("id", Long.class, Visibility.PUBLIC)
                .annotateField(AnnotationDescription.Builder.ofType(Id.class).build())
                .defineField("name", String.class, Visibility.PUBLIC)
                .make()
                .load(OpenBenchmark.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                .getLoaded();
    }

    /** Opens all and uses one. */
    @Benchmark
    public Object open() {
        Target found = target;
        if (found == null) {
            throw new IllegalStateException("not set up");
        }
        long start = System.nanoTime();
        RegistryBuilder builder = Registry.builder().main(found.regista().models(models.get(0)));
        for (int extra = 1; extra < declared; extra++) {
            builder.extra("extra" + extra, found.regista().models(models.get(extra)));
        }
        Registry opened = builder.open();
        registry = opened;
        long open = System.nanoTime();
        Class<?> used = models.get(0).get(0);
        Object row = opened.databaseOf(used, SqlDatabase.class).read(session -> session.find(used, 1L));
        long end = System.nanoTime();
        Recording.add("first row @ " + declared, List.of((double) (end - start)));
        Recording.add("opening @ " + declared, List.of((double) (open - start)));
        if (row == null) {
            throw new IllegalStateException("nothing found");
        }
        return row;
    }

    /** Closes all. */
    @TearDown
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
