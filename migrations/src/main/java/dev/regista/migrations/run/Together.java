package dev.regista.migrations.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does several things at a time. */
final class Together {
    private Together() {}

    /**
     * Does the first in the calling thread, each of the others in one of its own. What has been begun is finished, also when
     * the calling thread is interrupted, which it stays.
     *
     * @return the results, in the same order
     * @throws RuntimeException the first failure, with the others suppressed
     */
    static <T> List<T> run(String threadName, List<Supplier<T>> works) {
        List<FutureTask<T>> tasks =
                works.stream().map(work -> new FutureTask<>(work::get)).toList();
        for (int i = 1; i < tasks.size(); i++) {
            new Thread(tasks.get(i), threadName + "-" + i).start();
        }
        tasks.stream().limit(1).forEach(FutureTask::run);
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (FutureTask<T> task : tasks) {
            try {
                results.add(result(task));
            } catch (RuntimeException e) {
                failure = first(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static RuntimeException first(@Nullable RuntimeException failure, RuntimeException next) {
        if (failure == null) {
            return next;
        }
        failure.addSuppressed(next);
        return failure;
    }

    private static <T> T result(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
