package dev.regista.migrations.run;

import dev.regista.migrations.run.Situation.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs migrations in one schema after another, on a connection of its own that ends with it. For one thread at a time.
 *
 * <p>In each schema only one runner is at work at any time, whichever process it is in. What others have done meanwhile is
 * noticed, and not done again.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Runner runner;
    private @Nullable Session session;

    Worker(Runner runner) {
        this.runner = runner;
    }

    /**
     * Applies migrations to a schema.
     *
     * @param snapshot what the schema had; what it has now is made sure of
     * @param place one of those of the snapshot
     * @param target how far
     * @param done called after each step
     * @throws ValidationException if files and history do not belong together
     * @throws MigrationFailedException if a step failed; those before it stay
     * @throws LockedException if another runner did not end in time
     * @throws MigrationException if anything else went wrong
     */
    public void upgrade(Runner.Snapshot snapshot, Place place, Target target, Consumer<Ran> done) {
        run(snapshot, place, situation -> situation.upTo(target), done, false);
    }

    /**
     * Takes migrations back, the newest first.
     *
     * @param snapshot what the schema had; what it has now is made sure of
     * @param place one of those of the snapshot
     * @param target how far
     * @param done called after each step
     * @throws NoDownException if one of them has no down script; then nothing has been sent
     * @throws MigrationException as {@link #upgrade}
     */
    public void downgrade(Runner.Snapshot snapshot, Place place, Target target, Consumer<Ran> done) {
        run(snapshot, place, situation -> situation.downTo(target), done, false);
    }

    /**
     * Makes the history say that a version is the current one. Nothing else is run.
     *
     * @param snapshot what the schema had; what it has now is made sure of
     * @param place one of those of the snapshot
     * @param target head, base or a version
     * @param done called after each step that seems to have been run now
     * @throws MigrationException as {@link #upgrade}
     */
    public void stamp(Runner.Snapshot snapshot, Place place, Target target, Consumer<Ran> done) {
        run(snapshot, place, situation -> situation.stampAt(target), done, true);
    }

    /**
     * Makes the history agree with the files: forgets scripts that failed, so that they run again from their beginning;
     * takes over what was edited or renamed; marks as taken back what is missing.
     *
     * @param place the schema
     * @return what was wrong
     * @throws MigrationException if the history cannot be written
     */
    public List<Problem> repair(Place place) {
        return guarded(place, () -> {
            try (Session current = session(place);
                    Lock lock = current.lock()) {
                return new Repair(current).run();
            } finally {
                session = null;
            }
        });
    }

    private void run(
            Runner.Snapshot snapshot,
            Place place,
            Function<Situation, List<Task>> choice,
            Consumer<Ran> done,
            boolean onlyHistory) {
        guarded(place, () -> {
            Session current = session(place);
            try {
                current.run(snapshot.situation(place), choice, done, onlyHistory);
            } finally {
                leave(current);
            }
            return true;
        });
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T guarded(Place place, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new HistoryException("migrate " + place, e);
        }
    }

    private Session session(Place place) throws SQLException {
        Session current = session;
        if (current != null && !current.reaches(place)) {
            close();
            current = null;
        }
        if (current == null) {
            Connection connection = runner.source(place).getConnection();
            try {
                current = new Session(runner, runner.source(place), connection);
            } catch (Throwable t) {
                connection.close();
                throw t;
            }
            session = current;
        }
        current.enter(place);
        return current;
    }

    /** A connection is used again only where all of its state can be taken back. */
    private void leave(Session current) {
        try {
            if (current.reset()) {
                return;
            }
        } catch (SQLException e) {
            LOG.debug("A connection of database '{}' cannot be used again", runner.name(), e);
        }
        close();
    }

    /** Closes the connection. */
    @Override
    public void close() {
        Session current = session;
        session = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("Closing a connection of database '{}' failed", runner.name(), e);
            }
        }
    }

    static String user(Engine engine, Connection connection) throws SQLException {
        String user = connection.getMetaData().getUserName();
        if (user == null) {
            return "";
        }
        int host = user.lastIndexOf('@');
        return engine == Engine.MARIADB && host >= 0 ? user.substring(0, host) : user;
    }
}
