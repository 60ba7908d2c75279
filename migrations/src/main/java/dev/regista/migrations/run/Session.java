package dev.regista.migrations.run;

import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Situation.Task;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.spi.Failures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and the schema that is being migrated over it. */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Runner runner;
    private final Connection connection;
    private final Engine engine;
    private final History history;
    private final String user;
    private final String catalog;
    private final String home;
    private Place place;
    private Situation situation;
    private boolean isFresh;

    Session(Runner runner, Connection connection) throws SQLException {
        this.runner = runner;
        this.connection = connection;
        this.engine = Engine.of(connection, runner.name());
        this.history = new History(engine);
        this.user = Worker.user(engine, connection);
        this.catalog = String.valueOf(connection.getCatalog());
        this.home = engine.currentSchema(connection);
        this.place = runner.shared();
        this.situation = runner.situation(place, History.Content.NONE);
    }

    /** Turns to a schema. The shared one is created if it is not the connection's own. */
    void enter(Place next) throws SQLException {
        place = next;
        isFresh = false;
        if (isElsewhere()) {
            if (next.isShared()) {
                History.execute(connection, List.of(engine.createSchema(next.schema())));
            }
            if (!engine.hasTransactionalDdl()) {
                History.execute(connection, List.of(engine.useStatement(next.schema())));
            }
        }
    }

    private boolean isElsewhere() {
        return !place.schema().equals(home);
    }

    /** Makes the connection as it was; false if that cannot be done. */
    boolean reset() throws SQLException {
        if (engine == Engine.POSTGRESQL) {
            connection.setAutoCommit(true);
            History.execute(connection, List.of("DISCARD ALL"));
            return true;
        }
        if (engine == Engine.H2) {
            // An in-memory database without a name has one connection for ever.
            connection.setAutoCommit(true);
            connection.setSchema(home);
        }
        return false;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    Lock lock() throws SQLException {
        return Lock.of(
                engine, place, connection, runner.source(), runner.settings().lockTimeout());
    }

    private void read() throws SQLException {
        situation = runner.situation(
                place,
                history.read(connection, List.of(place.schema())).getOrDefault(place.schema(), History.Content.NONE));
        isFresh = true;
    }

    /** Runs what is chosen, and what is left of it if others have done some of it meanwhile. */
    void run(Situation known, Function<Situation, List<Task>> choice, Consumer<Ran> done, boolean onlyHistory)
            throws SQLException {
        situation = known;
        // What failed elsewhere may be under way: the lock will tell.
        isFresh = !known.hasFailed();
        List<Task> tasks = new ArrayList<>();
        boolean isChosen = false;
        while (!isChosen || !tasks.isEmpty()) {
            boolean whole = engine.hasTransactionalDdl()
                    && (onlyHistory
                            || tasks.isEmpty()
                            || tasks.get(0).body(place).inTransaction());
            if (whole) {
                begin();
            }
            try (Lock lock = whole ? null : lock()) {
                if (!whole) {
                    read();
                }
                if (!isChosen) {
                    tasks.addAll(choice.apply(situation));
                    isChosen = true;
                } else {
                    tasks.removeIf(task -> !situation.isOpen(task));
                }
                if (tasks.isEmpty()) {
                    break;
                }
                Task task = tasks.get(0);
                if (onlyHistory) {
                    done.accept(note(task, whole));
                } else if (!whole) {
                    done.accept(told(task, () -> inSteps(task)));
                } else if (task.body(place).inTransaction()) {
                    done.accept(told(task, () -> inTransaction(task)));
                } else {
                    continue;
                }
                tasks.remove(0);
            } finally {
                if (whole) {
                    end();
                }
            }
        }
    }

    /** Begins a transaction which alone may migrate the schema, and makes sure of what is known of it. */
    private void begin() throws SQLException {
        connection.setAutoCommit(false);
        boolean[] same = {false};
        Lock.await(place, runner.settings().lockTimeout(), () -> {
            try {
                return engine == Engine.POSTGRESQL ? beginPostgres(same) : beginSqlite(same);
            } catch (SQLException e) {
                connection.rollback();
                if (engine == Engine.SQLITE && (e.getErrorCode() & 0xff) == 5) {
                    return false;
                }
                throw e;
            }
        });
        if (!same[0] || !isFresh) {
            read();
        }
    }

    /** One round trip. At READ COMMITTED, so that the third statement sees what the last owner of the lock committed. */
    private boolean beginPostgres(boolean[] same) throws SQLException {
        String sql = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                + (isElsewhere() ? "SET LOCAL search_path TO " + engine.quoted(place.schema()) + ";" : "")
                + "SELECT pg_try_advisory_xact_lock(" + Engine.lockKey(place.schema()) + ");"
                + fingerprintQuery();
        try (Statement statement = connection.createStatement()) {
            boolean isRows = statement.execute(sql);
            boolean locked = false;
            boolean isFirst = true;
            while (isRows || statement.getUpdateCount() >= 0) {
                if (isRows) {
                    try (ResultSet row = statement.getResultSet()) {
                        row.next();
                        if (isFirst) {
                            locked = row.getBoolean(1);
                        } else {
                            same[0] = isSame(row);
                        }
                        isFirst = false;
                    }
                }
                isRows = statement.getMoreResults();
            }
            if (!locked) {
                connection.rollback();
            }
            return locked;
        }
    }

    private boolean beginSqlite(boolean[] same) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(fingerprintQuery())) {
            row.next();
            same[0] = isSame(row);
            return true;
        }
    }

    private String fingerprintQuery() {
        return engine.fingerprintQuery(place.schema(), situation.content().exists());
    }

    private boolean isSame(ResultSet fingerprint) throws SQLException {
        List<HistoryEntry> entries = situation.content().entries();
        int highest = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).rank();
        return fingerprint.getInt(1) == entries.size() && fingerprint.getInt(2) == highest;
    }

    /** After a commit there is nothing left to roll back. A connection that cannot do it is not used again. */
    private void end() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("A transaction of database '{}' could not be ended", runner.name(), e);
        }
    }

    private interface Doing {
        void run() throws SQLException;
    }

    /** Does a step, and tells the listeners. */
    private Ran told(Task task, Doing doing) throws SQLException {
        Step step = task.migration().step(place, task.direction());
        List<MigrationListener> listeners = runner.settings().listeners();
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
        LOG.info("{} {} in {} ms", step.direction(), step, ran.took().toMillis());
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
    private void inTransaction(Task task) throws SQLException {
        Step step = task.migration().step(place, task.direction());
        long begin = System.nanoTime();
        List<String> before = situation.content().exists() ? List.of() : engine.createHistory(place.schema());
        try {
            if (task.body(place) instanceof Body.Sql sql) {
                String text = runner.text(step, sql, user, catalog);
                TransactionControl.refuse(step, text, engine);
                send(before, text, insert(task, engine == Engine.POSTGRESQL ? null : since(begin), true));
            } else {
                History.execute(connection, before);
                runJava(task);
                History.execute(connection, List.of(insert(task, since(begin), true)));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new MigrationFailedException(step, 0, 0, "Nothing of it remains", e);
        }
        remember(task, true);
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

    private String insert(Task task, @Nullable Duration took, boolean success) {
        Step step = task.migration().step(place, task.direction());
        return history.insert(place.schema(), situation.nextRank(), task.migration(), step, user, took, success);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void runJava(Task task) throws SQLException {
        JavaMigration migration = ((Body.Java) task.body(place)).migration();
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
    private void inSteps(Task task) throws SQLException {
        Step step = task.migration().step(place, task.direction());
        int rank = situation.nextRank();
        long begin = System.nanoTime();
        Body body = task.body(place);
        List<Splitter.Part> parts = body instanceof Body.Sql sql
                ? Splitter.split(runner.text(step, sql, user, catalog), engine)
                : List.of(new Splitter.Part("", 0, ""));
        if (engine == Engine.POSTGRESQL && isElsewhere()) {
            History.execute(connection, List.of(engine.useStatement(place.schema())));
        }
        history.createProgress(connection, place.schema());
        if (!situation.content().exists()) {
            history.create(connection, place.schema());
        }
        together(() -> History.execute(
                connection,
                List.of(
                        insert(task, Duration.ZERO, false),
                        history.insertProgress(place.schema(), rank, parts.size()))));
        remember(task, false);
        for (int i = 0; i < parts.size(); i++) {
            Splitter.Part part = parts.get(i);
            try {
                history.progress(connection, place.schema(), rank, i + 1);
                if (body instanceof Body.Sql) {
                    History.execute(connection, List.of(part.sql()));
                } else {
                    runJava(task);
                }
            } catch (SQLException | RuntimeException e) {
                throw refused(step, rank, i + 1, part.line(), e);
            }
        }
        together(() -> history.finish(connection, place.schema(), rank, since(begin)));
        read();
    }

    private void together(Doing doing) throws SQLException {
        connection.setAutoCommit(false);
        doing.run();
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** A transaction that the script itself began is over; what was noted in it too. */
    private MigrationFailedException refused(Step step, int rank, int number, int line, Exception cause) {
        String left = "What was done before is in the history";
        try {
            if (engine != Engine.SQLITE) {
                History.execute(connection, List.of("ROLLBACK"));
            }
            history.refuse(connection, place.schema(), rank, "statement " + number + ": " + cause.getMessage());
            read();
            left = situation.problems().stream()
                    .filter(Problem.Unfinished.class::isInstance)
                    .map(Problem::message)
                    .findFirst()
                    .orElse(left);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return new MigrationFailedException(step, number, line, left, cause);
    }

    /** Writes an entry without doing what it says. */
    private Ran note(Task task, boolean whole) throws SQLException {
        if (!situation.content().exists()) {
            history.create(connection, place.schema());
        }
        History.execute(connection, List.of(insert(task, Duration.ZERO, true)));
        if (whole) {
            connection.commit();
        }
        remember(task, true);
        return new Ran(task.migration().step(place, task.direction()), Duration.ZERO);
    }

    /** Knows an entry that has just been written, without asking for it. */
    private void remember(Task task, boolean success) {
        Migration migration = task.migration();
        Step step = migration.step(place, task.direction());
        List<HistoryEntry> entries = new ArrayList<>(situation.content().entries());
        entries.add(new HistoryEntry(
                situation.nextRank(),
                migration.version(),
                migration.description(),
                task.direction() == Direction.UP ? migration.type() : "DELETE",
                step.script(),
                migration.checksum(),
                user,
                "",
                Duration.ZERO,
                success));
        situation = runner.situation(
                place, new History.Content(true, entries, situation.content().progress()));
    }

    /** Makes the history agree with the files. */
    List<Problem> repair() throws SQLException {
        read();
        List<Problem> problems = situation.problems().stream()
                .filter(problem -> !(problem instanceof Problem.OutOfOrder))
                .toList();
        if (problems.isEmpty()) {
            return problems;
        }
        together(() -> {
            if (situation.hasFailed()) {
                boolean hasProgress = !situation.content().progress().isEmpty();
                history.deleteFailed(connection, place.schema(), hasProgress);
            }
            for (var different : situation.different().entrySet()) {
                history.align(connection, place.schema(), different.getKey().rank(), different.getValue());
            }
            for (HistoryEntry missing : situation.missing()) {
                History.execute(
                        connection, List.of(insert(new Task(gone(missing), Direction.DOWN), Duration.ZERO, true)));
                read();
            }
        });
        return problems;
    }

    private static Migration gone(HistoryEntry entry) {
        Body nothing = new Body.Sql("", true);
        return new Migration(
                java.util.Objects.requireNonNull(entry.version()),
                entry.description(),
                entry.type(),
                entry.script(),
                entry.checksum(),
                nothing,
                nothing,
                entry.script());
    }
}
