package dev.regista.migrations.run;

import dev.regista.RegistaException;
import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Situation.Task;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.spi.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Runs single migrations in a session's schema: as a transaction, or statement by statement. */
final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    private final Session session;
    private final Connection connection;
    private final Engine engine;
    private final History history;

    TaskRunner(Session session) {
        this.session = session;
        this.connection = session.connection();
        this.engine = session.engine();
        this.history = session.history();
    }

    private String schema() {
        return session.schema();
    }

    /** Does a step, and tells the listeners. */
    Ran told(Task task, Session.Doing doing) throws SQLException {
        Step step = task.migration().step(session.place(), task.direction());
        List<MigrationListener> listeners = session.runner().settings().listeners();
        long begin = System.nanoTime();
        try {
            listeners.forEach(listener -> listener.before(step));
            doing.run();
        } catch (Throwable t) {
            Failures failures = new Failures(t);
            listeners.forEach(listener -> failures.attempt(() -> listener.failed(step, t)));
            throw t;
        }
        Ran ran = new Ran(step, Duration.ofNanos(System.nanoTime() - begin));
        LOG.atLevel(session.place().isShared() ? Level.INFO : Level.DEBUG)
                .log("{} {} in {} ms", step.direction(), step, ran.took().toMillis());
        for (MigrationListener listener : listeners) {
            try {
                listener.after(ran);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed after {}", step, e);
            }
        }
        return ran;
    }

    /** Runs a script and its entry in one transaction, sent together where the driver splits scripts. */
    void inTransaction(Task task) throws SQLException {
        Step step = task.migration().step(session.place(), task.direction());
        long begin = System.nanoTime();
        String left = "Nothing of it remains";
        List<String> before = session.situation().content().exists() ? List.of() : engine.createHistory(schema());
        try {
            if (task.body(session.place()) instanceof Body.Sql sql) {
                String text = session.text(step, sql);
                TransactionControl.refuse(step, text, engine);
                send(before, text, session.insert(task, engine == Engine.POSTGRESQL ? null : since(begin), true));
            } else {
                session.execute(before);
                runJava(task);
                session.execute(List.of(session.insert(task, since(begin), true)));
            }
            left = "Whether it has been committed, the history tells";
            connection.commit();
        } catch (RegistaException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            throw new MigrationFailedException(step, 0, 0, left, e);
        }
        session.remember(task, true);
    }

    private void send(List<String> before, String text, String insert) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (engine == Engine.POSTGRESQL) {
                String end = "\n;\n";
                statement.execute(String.join(end, before) + (before.isEmpty() ? "" : end) + text + end + insert);
            } else {
                for (String sql : before) {
                    statement.executeUpdate(sql);
                }
                // SQLite's driver hands a whole script to SQLite with this method, and with this one only.
                statement.executeUpdate(text);
                statement.executeUpdate(insert);
            }
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void runJava(Task task) throws SQLException {
        JavaMigration migration = ((Body.Java) task.body(session.place())).migration();
        Connection guarded = MigrationConnection.over(connection);
        try {
            if (task.direction() == Direction.UP) {
                migration.up(guarded);
            } else {
                migration.down(guarded);
            }
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** Where a script cannot be one transaction, each of its statements is noted before it is sent. */
    void inSteps(Task task) throws SQLException {
        Step step = task.migration().step(session.place(), task.direction());
        int rank = session.situation().nextRank();
        long begin = System.nanoTime();
        Body body = task.body(session.place());
        List<Splitter.Part> parts = body instanceof Body.Sql sql
                ? Splitter.split(session.text(step, sql), engine)
                : List.of(new Splitter.Part("", 0, ""));
        session.use();
        history.createProgress(connection, schema());
        if (!session.situation().content().exists()) {
            history.create(connection, schema());
        }
        session.together(() -> session.execute(List.of(
                session.insert(task, Duration.ZERO, false), history.insertProgress(schema(), rank, parts.size()))));
        session.remember(task, false);
        for (int i = 0; i < parts.size(); i++) {
            Splitter.Part part = parts.get(i);
            try {
                history.progress(connection, schema(), rank, i + 1);
                if (body instanceof Body.Sql) {
                    session.execute(List.of(part.sql()));
                } else {
                    runJava(task);
                }
            } catch (SQLException | RuntimeException e) {
                throw refused(step, rank, i + 1, part.line(), e);
            }
        }
        session.together(() -> history.finish(connection, schema(), rank, since(begin)));
        session.read();
    }

    /** A transaction that the script itself began is over; what was noted in it too. */
    private MigrationFailedException refused(Step step, int rank, int number, int line, Exception cause) {
        String left = "What was done before is in the history";
        try {
            if (engine != Engine.SQLITE) {
                session.execute(List.of("ROLLBACK"));
            }
            session.read();
            History.Progress noted = session.situation().content().progress().get(rank);
            if (noted != null) {
                String words = MigrationException.words(cause);
                boolean isSame = noted.statement() == number;
                history.refuse(connection, schema(), rank, isSame ? words : "statement " + number + ": " + words);
                left = left(noted);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return new MigrationFailedException(step, number, line, left, cause);
    }

    private static String left(History.Progress noted) {
        return noted.statement() <= 1
                ? "No statement of it has been done: repair the history, and it will run again"
                : "Statements 1 to " + (noted.statement() - 1) + " of " + noted.statements()
                        + " have been done: undo them by hand, then repair the history, and it will run from its beginning";
    }

    /** Writes an entry without doing what it says. */
    Ran note(Task task, boolean whole) throws SQLException {
        if (!session.situation().content().exists()) {
            history.create(connection, schema());
        }
        session.execute(List.of(session.insert(task, Duration.ZERO, true)));
        if (whole) {
            connection.commit();
        }
        session.remember(task, true);
        return new Ran(task.migration().step(session.place(), task.direction()), Duration.ZERO);
    }
}
