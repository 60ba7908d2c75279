package dev.regista.spi;

/**
 * The live side of an open database: its pool, driver or client. One is made each time the database is opened, and closed
 * exactly once. Used by several threads at once.
 *
 * @param <S> the session
 */
public interface Backend<S> extends AutoCloseable {
    /**
     * Begins a unit of work.
     *
     * @param settings how; a setting that this kind cannot honour must be refused with an
     *     {@link UnsupportedOperationException} naming it, which is reported as a
     *     {@link dev.regista.NotSupportedException}
     * @throws Exception if it cannot be begun; a checked one reaches the caller as the cause of an
     *     {@link UnitFailedException}
     */
    Unit<S> begin(UnitSettings settings) throws Exception;

    /**
     * Whether a failed unit may succeed when all of it is run again, because the database refused it only for the sake of
     * others that ran at the same time. Default: never.
     *
     * @param failure what the unit failed with
     */
    default boolean isRetryable(Throwable failure) {
        return false;
    }

    /**
     * Closes what was opened. Units still under way are cut off.
     *
     * @throws Exception reported as the cause of a {@link dev.regista.CloseFailedException}
     */
    @Override
    void close() throws Exception;
}
