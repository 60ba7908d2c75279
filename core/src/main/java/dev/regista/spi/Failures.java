package dev.regista.spi;

import org.jspecify.annotations.Nullable;

/**
 * Does several things whatever fails, and keeps the first failure with the others suppressed onto it. For closing and
 * releasing, where every step must be tried. Used by one thread.
 */
public final class Failures {
    private @Nullable Throwable first;

    /** Something that may fail. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /** No failure yet. */
    public Failures() {}

    /** Begins with a failure that has happened already. */
    public Failures(Throwable first) {
        this.first = first;
    }

    /** Tries a step, and keeps what it throws. */
    public void attempt(Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            add(t);
        }
    }

    /** Keeps a failure. */
    public void add(Throwable failure) {
        Throwable earlier = first;
        if (earlier == null) {
            first = failure;
        } else if (earlier != failure) {
            earlier.addSuppressed(failure);
        }
    }

    /** Returns the first failure, the others suppressed onto it; {@code null} if there was none. */
    public @Nullable Throwable first() {
        return first;
    }

    /**
     * Throws the first failure, if there was one.
     *
     * @throws Exception that failure
     */
    public void throwIfAny() throws Exception {
        Throwable failure = first;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }
}
