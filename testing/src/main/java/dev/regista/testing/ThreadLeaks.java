package dev.regista.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Platform threads that appear after a moment, without those that belong to the surroundings of a test. */
record ThreadLeaks(Set<Long> before) {

    private static final int FRAMES = 5;

    /** Where the JVM keeps its own threads: collector, compiler, cleaners, process reapers, carriers of virtual threads. */
    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /** Started once by whoever comes first, and never stopped. */
    private static final List<String> PERMANENT = List.of(
            "ForkJoinPool.commonPool-",
            "CompletableFutureDelayScheduler",
            "VirtualThread-unparker",
            "Keep-Alive-Timer",
            "Attach Listener",
            "process reaper",
            "junit-",
            "surefire-",
            "PostgreSQL-JDBC-Cleaner",
            // Netty's, one per JVM; ends and begins again as it is needed.
            "globalEventExecutor-",
            "mysql-cj-abandoned-connection-cleanup");

    /** Of the JDK's HTTP client, which nothing can close before JDK 21: ends some time after the client has been collected. */
    private static final Pattern COLLECTED = Pattern.compile("HttpClient-\\d+-SelectorManager");

    static ThreadLeaks since() {
        return new ThreadLeaks(Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getId)
                .collect(Collectors.toUnmodifiableSet()));
    }

    List<String> find() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> isLeak(entry.getKey()))
                .map(ThreadLeaks::describe)
                .sorted()
                .toList();
    }

    private boolean isLeak(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        // A thread without a group has ended since.
        return group != null
                && !before.contains(thread.getId())
                && !JVM_GROUPS.contains(group.getName())
                && !LazyServer.THREADS.parentOf(group)
                && PERMANENT.stream().noneMatch(thread.getName()::startsWith)
                && !COLLECTED.matcher(thread.getName()).matches();
    }

    private static String describe(Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        String stack = Arrays.stream(entry.getValue())
                .limit(FRAMES)
                .map(frame -> "\n        at " + frame)
                .collect(Collectors.joining());
        return "thread \"" + thread.getName() + "\" (" + (thread.isDaemon() ? "daemon, " : "") + thread.getState() + ")"
                + stack;
    }
}
