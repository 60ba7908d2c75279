package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.sql.SqlDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Param;

/**
 * How long does a release take to migrate all tenants, and how long to find out that there is nothing to do?
 *
 * <p>{@code bin/bench fleet}
 *
 * <p>Two hundred schemas and five files with tables, indexes, rows and a change of data. Regista:
 * {@code Migrations.of(..).upgrade()} with its default of four tenants at a time. Flyway: one
 * {@code Flyway.configure()..schemas(..).load().migrate()} per schema over one pool, one after the other; and, because everybody
 * will ask, the same on four threads. Everybody begins as in a process that has just started, without a connection, and reads
 * the files from their folder: Regista would keep what it found on the class path. First runs begin with schemas
 * that are there and empty; idle ones read the same histories, which Flyway wrote. What a turn has done is checked by what
 * is in the schemas then; that, and emptying them, is not part of the time.
 */
public class FleetBenchmark extends Contest {
    private static final int TENANTS = 200;

    /** In as many schemas everybody is warmed up. */
    private static final int WARM_UP = 10;

    private static final String FIRST = "first";
    private static final String NOOP = "noop";

    /** As Regista's default. */
    private static final int THREADS = 4;

    private final int tenants;

    /** Whether there is everything to do, or nothing. */
    @Param({FIRST, NOOP})
    String run = FIRST;

    /** Made by JMH. */
    public FleetBenchmark() {
        this(TENANTS);
    }

    FleetBenchmark(int tenants) {
        super(1);
        this.tenants = tenants;
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase regista = closing(target.regista().tenantModels(Item.class).open("fleet"));
        Path files = closing(FleetFiles.unpacked()).root();
        MigrationSettings settings =
                MigrationSettings.builder().location("filesystem:" + files).build();
        FlywayPeer flyway = new FlywayPeer(target, "filesystem:" + files.resolve(FleetFiles.OF_TENANTS));
        FleetSchemas schemas = new FleetSchemas(target);

        Map<String, Callable<Integer>> contestants = new LinkedHashMap<>();
        contestants.put("regista", () -> upgrade(regista, settings));
        contestants.put("flyway", () -> flyway.migrate(schemas.names(), 1));
        contestants.put("flyway " + THREADS + " threads", () -> flyway.migrate(schemas.names(), THREADS));

        boolean isFirst = run.equals(FIRST);
        Callable<Integer> afterwards = () -> {
            schemas.check();
            if (isFirst) {
                schemas.clear();
            }
            return schemas.names().size();
        };
        schemas.create(Math.min(WARM_UP, tenants));
        if (!isFirst) {
            flyway.migrate(schemas.names(), 1);
        }
        for (Callable<Integer> contestant : contestants.values()) {
            contestant.call();
            afterwards.call();
        }
        if (tenants > WARM_UP) {
            schemas.create(tenants);
            if (!isFirst) {
                flyway.migrate(schemas.names(), THREADS);
            }
        }
        int scripts = isFirst ? tenants * FleetFiles.NAMES.size() : 0;
        contestants.forEach(
                (name, contestant) -> enter(name + " " + run, () -> expect(scripts, contestant.call()), afterwards));
    }

    private static int expect(int expected, int scripts) {
        if (scripts != expected) {
            throw new IllegalStateException(scripts + " scripts have run, not " + expected);
        }
        return scripts;
    }

    /** Returns how many scripts have run. */
    private static int upgrade(SqlDatabase database, MigrationSettings settings) {
        return Migrations.of(database, settings).upgrade().schemas().stream()
                .mapToInt(schema -> schema.ran().size())
                .sum();
    }
}
