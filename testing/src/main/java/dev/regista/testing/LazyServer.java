package dev.regista.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts one server at first use, or connects to the one that the environment names. */
final class LazyServer {

    /** The threads that a server needs belong to this group; {@link LeakChecker} knows them by it. */
    static final ThreadGroup THREADS = new ThreadGroup("regista-test-servers");

    private static final Logger LOG = LoggerFactory.getLogger(LazyServer.class);

    private final String name;
    private final String variable;
    private final Function<ServerAddress, ServerKind> kind;
    private final Starter starter;

    /** Written under the lock of this; read without it, so that a leak check does not wait for a start. */
    private volatile @Nullable SqlServer server;

    private @Nullable IllegalStateException failure;

    LazyServer(String name, String variable, Function<ServerAddress, ServerKind> kind, Starter starter) {
        this.name = name;
        this.variable = variable;
        this.kind = kind;
        this.starter = starter;
    }

    /** Starts a server whose files all live in a directory. */
    @FunctionalInterface
    interface Starter {
        Running start(Path directory) throws Exception;
    }

    /** A server that runs, and how to stop it. */
    record Running(ServerAddress address, AutoCloseable stop) {}

    synchronized SqlServer get() {
        SqlServer current = server;
        if (current != null) {
            return current;
        }
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        try {
            String url = System.getenv(variable);
            SqlServer started = url == null || url.isBlank() ? start() : reach(url);
            server = started;
            return started;
        } catch (IllegalStateException e) {
            failure = e;
            throw e;
        }
    }

    Optional<SqlServer> started() {
        return Optional.ofNullable(server);
    }

    SqlServer reach(String url) {
        try {
            ServerAddress address = ServerAddress.parse(url);
            SqlServer given = new SqlServer(kind.apply(address), address, true);
            given.check();
            atExit(given::dropAll);
            return given;
        } catch (SQLException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Cannot use the " + name + " server named by " + variable + ": " + e.getMessage(), e);
        }
    }

    private SqlServer start() {
        long begin = System.nanoTime();
        ServerDirectory directory = ServerDirectory.create(name);
        FutureTask<Running> task = new FutureTask<>(() -> starter.start(directory.path()));
        new Thread(THREADS, task, "start-" + name).start();
        try {
            Running running = task.get();
            atExit(() -> directory.deleteAfter(running.stop()));
            LOG.info("{} started in {} ms: {}", name, millisSince(begin), running.address());
            return new SqlServer(kind.apply(running.address()), running.address(), false);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String log = directory.logTail();
            directory.deleteAfter(() -> {});
            throw new IllegalStateException(name + " test server did not start: " + cause + log, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The task goes on; whatever it starts must not stay.
            atExit(() -> directory.deleteAfter(task.get(1, TimeUnit.MINUTES).stop()));
            throw new IllegalStateException("Interrupted while " + name + " was starting", e);
        }
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private void atExit(AutoCloseable action) {
        Runnable logged = () -> {
            try {
                action.close();
            } catch (Exception e) {
                LOG.error("{} was not stopped properly", name, e);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(THREADS, logged, "stop-" + name));
    }
}
