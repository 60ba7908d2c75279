package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks, each in JVMs of its own and on a database of its own, and prints their figures. */
public final class Bench {
    private final BenchOptions options;
    private final Path directory;
    private final Path results;
    private final PrintStream progress;
    private final List<String> failed = new ArrayList<>();

    private Bench(BenchOptions options, Path directory, Path results, PrintStream progress) {
        this.options = options;
        this.directory = directory;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Runs what the arguments say; see {@link BenchOptions#USAGE}.
     *
     * @throws Exception if a benchmark fails; a figure that misses its aim is no failure
     */
    public static void main(String[] args) throws Exception {
        Path module = Path.of(System.getProperty("regista.bench.module", "benchmarks"));
        BenchOptions options = BenchOptions.parse(args);
        if (options.help()) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        Path results = module.resolve("results");
        Path directory = module.resolve("target/bench");
        Bench bench = new Bench(options, directory, results, System.err);
        if (!options.render()) {
            Files.createDirectories(directory);
            System.out.print(bench.run().table());
        }
        if (options.render() || options.isKept()) {
            PerformancePage.render(Files.createDirectories(results), module.resolveSibling("docs"));
        }
        if (!bench.failed.isEmpty()) {
            System.err.println("failed: " + bench.failed + "; see the logs in " + directory);
            System.exit(1);
        }
    }

    private Results run() throws Exception {
        Environment environment = Environment.here();
        Optional<Cores> cores = Cores.find();
        if (cores.isEmpty()) {
            progress.println(
                    "nothing is tied to one core: there is no taskset, or the server is not one of this user on this machine");
        }
        Results run = new Results(options.title(), Map.of());
        try {
            for (Plan plan : options.plans()) {
                run = run(plan, environment, cores, run);
            }
        } finally {
            if (cores.isPresent()) {
                cores.get().all();
            }
        }
        return run;
    }

    private Results run(Plan plan, Environment environment, Optional<Cores> cores, Results before) throws Exception {
        Instant start = Instant.now();
        boolean oneCore = plan.isOnOneCore() && cores.isPresent();
        if (oneCore) {
            cores.get().one();
        } else if (cores.isPresent()) {
            cores.get().all();
        }
        progress.print(plan.title + (oneCore ? " (on one core) ... " : " ... "));
        progress.flush();
        Results after = before;
        try {
            Measured measured = Measured.of(plan, run(plan), environment, oneCore, start);
            after = before.with(plan, measured);
            if (options.isKept()) {
                // After each benchmark: a run of half an hour may be cut off.
                Results.kept(options.title(), results).with(plan, measured).write(results);
            }
        } catch (IllegalStateException | RunnerException e) {
            failed.add(plan.title);
            progress.println(e);
        }
        progress.println(Duration.between(start, Instant.now()).toSeconds() + " s");
        return after;
    }

    private Map<String, List<double[]>> run(Plan plan) throws Exception {
        Path recording = directory.resolve(plan.title + ".tsv");
        Files.deleteIfExists(recording);
        Files.deleteIfExists(log(plan));
        for (int fork = 0; fork < plan.forks(options.quick()); fork++) {
            TestDatabase database = TestServers.postgres().newDatabase();
            try (DelayProxy proxy = DelayProxy.before(database.url(), options.delay())) {
                Target direct = Target.of(database);
                Target target = options.delay().isZero() ? direct : direct.behind(proxy.port());
                checkDelay(direct, target);
                // In turn, so that what changes on the machine meanwhile meets both.
                for (String value : plan.starts()) {
                    run(plan, target, recording, value);
                }
            } finally {
                database.drop();
            }
        }
        return Recording.read(recording);
    }

    private void run(Plan plan, Target target, Path recording, String value) throws Exception {
        List<String> jvm = new ArrayList<>(target.jvmOptions());
        jvm.addAll(List.of("-Xms1g", "-Xmx1g", "-D" + Recording.FILE + "=" + recording.toAbsolutePath()));
        // Hibernate would take the bridge from Log4j that Boot brings, and ask twice whether to log, for every
        // contestant.
        jvm.add("-Dorg.jboss.logging.provider=slf4j");
        jvm.add("-Dregista.bench.delayed=" + !options.delay().isZero());
        Path output = log(plan).resolveSibling(plan.title + ".part");
        ChainedOptionsBuilder jmh = new OptionsBuilder()
                .include("\\Q" + plan.benchmark.getName() + "\\E\\..*")
                .forks(1)
                .warmupIterations(plan.warmUps())
                .warmupTime(org.openjdk.jmh.runner.options.TimeValue.seconds(plan.seconds))
                .measurementIterations(plan.blocks(options.quick()))
                .measurementTime(org.openjdk.jmh.runner.options.TimeValue.seconds(plan.seconds))
                .shouldFailOnError(true)
                .jvmArgsAppend(jvm.toArray(String[]::new))
                .output(output.toString());
        if (!plan.parameter.isEmpty()) {
            jmh.param(plan.parameter, value);
        }
        if (plan == Plan.ROUTING) {
            jmh.addProfiler(GCProfiler.class);
        }
        if (!options.profiler().isEmpty()) {
            jmh.addProfiler(
                    options.profiler().replaceFirst(":.*", ""),
                    options.profiler().replaceFirst("^[^:]*:?", ""));
        }
        try {
            Collection<RunResult> results = new Runner(jmh.build()).run();
            if (plan == Plan.ROUTING) {
                record(results, recording);
            }
        } finally {
            keep(output, log(plan));
        }
    }

    private Path log(Plan plan) {
        return directory.resolve(plan.title + ".log");
    }

    private static void keep(Path part, Path log) throws IOException {
        if (Files.exists(part)) {
            Files.writeString(
                    log,
                    Files.readString(part),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
            Files.delete(part);
        }
    }

    /** What JMH measures itself: each iteration is a block of one round. */
    private static void record(Collection<RunResult> results, Path recording) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
            result.getBenchmarkResults().forEach(fork -> {
                for (IterationResult iteration : fork.getIterationResults()) {
                    lines.append(name)
                            .append('\t')
                            .append(iteration.getPrimaryResult().getScore())
                            .append('\n');
                    iteration.getSecondaryResults().forEach((label, value) -> {
                        if (label.endsWith("gc.alloc.rate.norm")) {
                            lines.append(name)
                                    .append(" bytes\t")
                                    .append(value.getScore())
                                    .append('\n');
                        }
                    });
                }
            });
        }
        Files.writeString(recording, lines, StandardCharsets.UTF_8);
    }

    /** A delay that is not there would make every figure under it wrong. */
    private void checkDelay(Target direct, Target target) throws Exception {
        if (options.delay().isZero()) {
            return;
        }
        double longer = roundTrip(target) - roundTrip(direct);
        progress.printf(java.util.Locale.ROOT, "(round trips take %.2f ms longer) ", longer / 1e6);
        if (longer < options.delay().toNanos() * 0.8) {
            throw new IllegalStateException("The added delay is not there: " + longer + " ns");
        }
    }

    private static double roundTrip(Target target) throws Exception {
        try (HikariDataSource pool = target.pool(1);
                var connection = pool.getConnection();
                var statement = connection.prepareStatement("select 1")) {
            double[] times = new double[200];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                statement.execute();
                times[i] = System.nanoTime() - start;
            }
            return Figure.median(times);
        }
    }
}
