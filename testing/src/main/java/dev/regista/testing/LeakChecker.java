package dev.regista.testing;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A JUnit Jupiter extension that fails a test which leaves something behind:
 *
 * <ul>
 *   <li>platform threads that were not there before, except those of the JVM, of JUnit and Surefire, of the
 *       {@link TestServers}, the permanent ones of JDBC drivers, and the selector thread of the JDK's HTTP client, which
 *       nothing can close before JDK 21
 *   <li>client connections, beyond those before the test, to servers of {@link TestServers} that run by then
 *   <li>whatever was handed to {@link #watch} and is not released
 * </ul>
 *
 * <p>Much closes asynchronously: the checker waits up to five seconds before it fails with an {@link AssertionError} that
 * lists every leak. A failure of the test itself stays the first one, with the leaks suppressed onto it.
 *
 * <pre>{@code
 * @RegisterExtension
 * final LeakChecker leaks = new LeakChecker();
 * }</pre>
 *
 * or, without {@code watch}, {@code @ExtendWith(LeakChecker.class)}. Resources are closed in the test or in
 * {@code @AfterEach}; what {@code @AutoClose} closes is still open when this extension looks. Threads and connections
 * carry no sign of the test that made them: tests with a leak checker must not run in parallel in one JVM.
 */
public final class LeakChecker implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakChecker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WatchedResources watched = new WatchedResources();
    private final Duration patience;

    /** Makes a checker that waits up to five seconds. */
    public LeakChecker() {
        this(PATIENCE);
    }

    LeakChecker(Duration patience) {
        this.patience = patience;
    }

    /**
     * Fails the running test unless the resource is released by its end. May be called from any thread.
     *
     * @param resource handed back as it is
     * @param what names the resource in the message
     * @param released tells whether the resource is released; called often, from the test's thread, must not block
     * @param <T> the type of the resource
     * @return the resource
     */
    public <T> T watch(T resource, String what, BooleanSupplier released) {
        watched.add(what, released);
        return resource;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Before before = new Before(ThreadLeaks.since(), ConnectionLeaks.since());
        context.getStore(NAMESPACE).put(this, before);
    }

    /**
     * Looks for leaks.
     *
     * @throws AssertionError if there are leaks after five seconds
     */
    @Override
    public void afterEach(ExtensionContext context) {
        Before before = context.getStore(NAMESPACE).remove(this, Before.class);
        try {
            if (before != null
                    && !Await.until(patience, () -> leaks(before).findAny().isEmpty())) {
                fail(context.getDisplayName(), leaks(before).toList());
            }
        } finally {
            watched.clear();
        }
    }

    private void fail(String test, List<String> leaks) {
        // What was released at the last moment is no leak.
        if (!leaks.isEmpty()) {
            throw new AssertionError(test + " leaves behind, " + patience.toMillis() + " ms after its end:\n  - "
                    + String.join("\n  - ", leaks));
        }
    }

    private record Before(ThreadLeaks threads, ConnectionLeaks connections) {}

    /** Lazy, because asking the servers costs more than looking at threads. */
    private Stream<String> leaks(Before before) {
        return Stream.<Supplier<List<String>>>of(watched::find, before.threads()::find, before.connections()::find)
                .flatMap(each -> each.get().stream());
    }
}
