package dev.regista.benchmarks;

import java.util.List;

/** The benchmarks, and how long each is run. */
enum Plan {
    FIND("find", FindBenchmark.class, 12, 12, 1),
    TENANTS("tenants", TenantBenchmark.class, 12, 12, 1),
    TENANT_COUNT("tenant-count", TenantCountBenchmark.class, 8, 10, 1),
    TENANT_MEMORY("tenant-memory", TenantMemoryBenchmark.class, 0, 1, 1),
    BULK("bulk", BulkBenchmark.class, 4, 8, 2),
    CONTENT_TYPES("content-types", ContentTypeBenchmark.class, 4, 8, 2),
    PROVISION("provision", ProvisionBenchmark.class, 4, 8, 2),
    FLEET("fleet", FleetBenchmark.class, 0, 1, 8),
    OPEN("open", OpenBenchmark.class, 0, 1, 1, "declared"),
    MODELS("models", ModelsBenchmark.class, 0, 1, 1, "contestant"),
    ROUTING("routing", RoutingBenchmark.class, 3, 5, 1),
    CONTENTION("contention", ContentionBenchmark.class, 6, 10, 1),
    TENANT_CURVE("tenant-curve", TenantCurveBenchmark.class, 6, 10, 2),
    OPEN_CURVE("open-curve", OpenBenchmark.class, 0, 1, 1, "declared"),
    THREAD_CURVE("thread-curve", ThreadCurveBenchmark.class, 3, 6, 3);

    private static final int FULL_FORKS = 2;

    /** A cold start is one block, so that it takes several. */
    private static final int COLD_STARTS = 4;

    private static final int QUICK_COLD_STARTS = 3;

    final String title;
    final Class<?> benchmark;
    final int seconds;
    private final int warmUps;
    private final int blocks;

    /** What JVMs that start cold, in turn, differ in; empty if they are not to start cold. */
    final String parameter;

    Plan(String title, Class<?> benchmark, int warmUps, int blocks, int seconds) {
        this(title, benchmark, warmUps, blocks, seconds, "");
    }

    Plan(String title, Class<?> benchmark, int warmUps, int blocks, int seconds, String parameter) {
        this.title = title;
        this.benchmark = benchmark;
        this.warmUps = warmUps;
        this.blocks = blocks;
        this.seconds = seconds;
        this.parameter = parameter;
    }

    /** Returns the values of the parameter. */
    List<String> starts() {
        return switch (this) {
            case OPEN -> List.of("1", "200");
            case OPEN_CURVE -> List.of("1", "10", "50", "200");
            case MODELS -> List.of("regista", "hibernate");
            default -> List.of("");
        };
    }

    /** Whether one thread and the server strictly alternate, so that all of it is to run on one core. */
    boolean isOnOneCore() {
        return switch (this) {
            case FIND, TENANTS, TENANT_COUNT, BULK, CONTENT_TYPES, PROVISION, TENANT_CURVE -> true;
            default -> false;
        };
    }

    /** Whether it shows how something grows, and has no figure with an aim. */
    boolean isCurve() {
        return Curve.ALL.stream().anyMatch(curve -> curve.plan() == this);
    }

    int forks(boolean quick) {
        if (parameter.isEmpty()) {
            return quick || isCurve() ? 1 : FULL_FORKS;
        }
        if (isCurve()) {
            return COLD_STARTS;
        }
        return quick ? QUICK_COLD_STARTS : FULL_FORKS * COLD_STARTS;
    }

    int warmUps() {
        return warmUps;
    }

    int blocks(boolean quick) {
        // Blocks of two seconds are steady enough as they are.
        return quick || seconds > 1 || blocks == 1 ? blocks : blocks * 2;
    }
}
