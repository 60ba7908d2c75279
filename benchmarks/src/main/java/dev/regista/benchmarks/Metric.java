package dev.regista.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure, and what it should be.
 *
 * @param name as it is printed
 * @param meaning what is divided by what, in words
 * @param plan the benchmark it comes from
 * @param over whose time or value
 * @param under whose time it is divided by; null for a value of its own
 * @param aim the bound
 * @param isMost whether the bound is the most it should be, not the least
 */
record Metric(
        String name,
        String meaning,
        Plan plan,
        String over,
        @Nullable String under,
        double aim,
        boolean isMost) {

    static final List<Metric> ALL = List.of(
            most("read_vs_jdbc", "read / JDBC in auto-commit", Plan.FIND, "regista read", "jdbc", 1.35),
            least(
                    "read_vs_spring",
                    "Spring read-only transaction / read",
                    Plan.FIND,
                    "spring read-only",
                    "regista read",
                    1.7),
            most("unit_vs_hibernate", "call / Hibernate fromTransaction", Plan.FIND, "regista call", "hibernate", 1.05),
            least("unit_vs_spring", "Spring transaction / call", Plan.FIND, "spring", "regista call", 1.05),
            most(
                    "tenant_vs_plain",
                    "call of a tenant, of 100 / call",
                    Plan.TENANTS,
                    "regista tenant call",
                    "regista call",
                    1.10),
            least(
                    "tenant_vs_hibernate",
                    "Hibernate's schema tenancy / call of a tenant, of 100",
                    Plan.TENANTS,
                    "hibernate tenant",
                    "regista tenant call",
                    4),
            least(
                    "tenant_read_vs_hibernate",
                    "Hibernate's schema tenancy / read of a tenant, of 100",
                    Plan.TENANTS,
                    "hibernate tenant",
                    "regista tenant read",
                    7),
            most(
                    "tenant_flat",
                    "read of a tenant, of 1,000 / of 10",
                    Plan.TENANT_COUNT,
                    "1000 tenants",
                    "10 tenants",
                    1.15),
            most("tenant_heap_bytes", "heap per known tenant, bytes", Plan.TENANT_MEMORY, "known", null, 2_048),
            most(
                    "bulk_vs_jdbc",
                    "10,000 entities in one unit / JDBC batches by hand",
                    Plan.BULK,
                    "regista",
                    "jdbc",
                    1.5),
            least("bulk_vs_spring", "Spring Data saveAll / ours, 10,000 entities", Plan.BULK, "spring", "regista", 4),
            least(
                    "provision_vs_hibernate",
                    "SchemaManager.forSchema / tenants().create, 20 tables",
                    Plan.PROVISION,
                    "hibernate",
                    "regista",
                    3),
            least(
                    "fleet_first_vs_flyway",
                    "Flyway in a loop / upgrade, 200 tenants, 5 scripts",
                    Plan.FLEET,
                    "flyway first",
                    "regista first",
                    4),
            least("fleet_noop_vs_flyway", "the same with nothing to do", Plan.FLEET, "flyway noop", "regista noop", 50),
            most(
                    "open_lazy",
                    "200 databases declared, one used / one declared",
                    Plan.OPEN,
                    "first row @ 200",
                    "first row @ 1",
                    1.5),
            most(
                    "models_open",
                    "opening with 500 models / Hibernate's session factory of them",
                    Plan.MODELS,
                    "regista open",
                    "hibernate factory",
                    0.5),
            most(
                    "models_start",
                    "opening, mapping and first find with 500 models / Hibernate's factory and find",
                    Plan.MODELS,
                    "regista start",
                    "hibernate start",
                    1.15),
            most(
                    "models_heap",
                    "heap after that / Hibernate's",
                    Plan.MODELS,
                    "regista start heap bytes",
                    "hibernate start heap bytes",
                    1.1),
            most("routing_ns", "look-up of a database and a tenant, ns", Plan.ROUTING, "regista", null, 30),
            most("routing_bytes", "the same, bytes allocated", Plan.ROUTING, "regista bytes", null, 0),
            least(
                    "contention",
                    "throughput / HikariCP and Hibernate, 64 threads on 8 connections",
                    Plan.CONTENTION,
                    "hibernate",
                    "regista",
                    0.95));

    private static Metric most(
            String name, String meaning, Plan plan, String over, @Nullable String under, double aim) {
        return new Metric(name, meaning, plan, over, under, aim, true);
    }

    private static Metric least(
            String name, String meaning, Plan plan, String over, @Nullable String under, double aim) {
        return new Metric(name, meaning, plan, over, under, aim, false);
    }

    /** Returns the figure from what was recorded; empty if that is not complete. */
    Optional<Figure> of(Map<String, List<double[]>> blocks) {
        List<double[]> values = blocks.getOrDefault(over, List.of());
        List<double[]> divisors = under == null ? values : blocks.getOrDefault(under, List.of());
        if (values.isEmpty() || values.size() != divisors.size()) {
            return Optional.empty();
        }
        double[] ofBlocks = new double[values.size()];
        for (int block = 0; block < ofBlocks.length; block++) {
            ofBlocks[block] = Figure.median(
                    under == null ? values.get(block) : quotients(values.get(block), divisors.get(block)));
        }
        Arrays.sort(ofBlocks);
        double value = Figure.median(ofBlocks);
        return Optional.of(new Figure(
                name,
                meaning,
                value,
                ofBlocks[0],
                ofBlocks[ofBlocks.length - 1],
                ofBlocks.length,
                bound(),
                isMet(value)));
    }

    /** Round by round: what disturbed the one has disturbed the other. */
    private static double[] quotients(double[] values, double[] divisors) {
        double[] quotients = new double[Math.min(values.length, divisors.length)];
        for (int round = 0; round < quotients.length; round++) {
            quotients[round] = values[round] / divisors[round];
        }
        return quotients;
    }

    /** In the precision in which it is printed. */
    private boolean isMet(double value) {
        double rounded = Math.round(value * 100) / 100.0;
        return isMost ? rounded <= aim : rounded >= aim;
    }

    private String bound() {
        return (isMost ? "≤ " : "≥ ") + Figure.text(aim);
    }
}
