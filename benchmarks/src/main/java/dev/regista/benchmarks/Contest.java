package dev.regista.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Contestants that take turns of a few milliseconds in one JVM. What disturbs the machine disturbs all of them, so that the
 * ratio of two within one round is steady where their times are not. Each round begins with the next one.
 *
 * <p>JMH brings the fork, the warm-up, the profilers, and the black hole that keeps results from being optimised away; its own
 * score is the time of a whole round.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public abstract class Contest {
    private final List<Contestant> contestants = new ArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final int turn;
    private boolean measuring;
    private int first;

    private record Contestant(String name, Callable<?> work, Callable<?> afterwards, List<Double> nanos) {}

    /**
     * For subclasses.
     *
     * @param turn how many operations a contestant does before it is the next one's turn
     */
    protected Contest(int turn) {
        this.turn = Boolean.getBoolean("regista.bench.delayed") ? Math.max(1, turn / 10) : turn;
    }

    /** Opens what the contestants need, and lets them {@link #enter}. */
    protected abstract void prepare(Target target) throws Exception;

    /** Adds a contestant. */
    protected final void enter(String name, Callable<?> work) {
        enter(name, work, () -> name);
    }

    /**
     * Adds a contestant that leaves something behind.
     *
     * @param afterwards clears it up after each turn; its time does not count
     */
    protected final void enter(String name, Callable<?> work, Callable<?> afterwards) {
        contestants.add(new Contestant(name, work, afterwards, new ArrayList<>()));
    }

    /** Returns a resource that is closed at the end. */
    protected final <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Returns the contestants, in the order in which they entered. */
    final Map<String, Callable<?>> contestants() {
        Map<String, Callable<?>> found = new LinkedHashMap<>();
        contestants.forEach(each -> found.put(each.name, each.work));
        return found;
    }

    /** Opens everything, on the target that this JVM was given. */
    @Setup
    public final void open() throws Exception {
        prepare(Target.current());
    }

    /** Notes whether what follows counts. */
    @Setup(Level.Iteration)
    public final void begin(IterationParams params) {
        measuring = params.getType() == IterationType.MEASUREMENT;
    }

    /** One turn for each. */
    @Benchmark
    public void round(Blackhole sink) throws Exception {
        for (int i = 0; i < contestants.size(); i++) {
            Contestant contestant = contestants.get((first + i) % contestants.size());
            long start = System.nanoTime();
            for (int done = 0; done < turn; done++) {
                sink.consume(contestant.work.call());
            }
            contestant.nanos.add((double) (System.nanoTime() - start) / turn);
            contestant.afterwards.call();
        }
        first++;
    }

    /** Hands over the times of one block. */
    @TearDown(Level.Iteration)
    public final void end() {
        for (Contestant contestant : contestants) {
            if (measuring) {
                Recording.add(contestant.name, contestant.nanos);
            }
            contestant.nanos.clear();
        }
    }

    /** Closes everything, in reverse. */
    @TearDown
    public final void close() throws Exception {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
