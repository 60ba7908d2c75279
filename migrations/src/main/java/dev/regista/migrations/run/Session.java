package dev.regista.migrations.run;

import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Situation.Task;
import dev.regista.migrations.run.Step.Direction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and the schema that is being migrated over it. */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Runner runner;
    private final DataSource source;
    private final Connection connection;
    private final Engine engine;
    private final History history;
    private final String user;
    private final String catalog;
    private final String home;
    private Place place;
    private String schema;
    private Situation situation;
    private boolean isFresh;

    /** Something done with the connection. */
    interface Doing {
        void run() throws SQLException;
    }

    Session(Runner runner, DataSource source, Connection connection) throws SQLException {
        this.runner = runner;
        this.source = source;
        this.connection = connection;
        this.engine = Engine.of(connection, runner.name());
        this.history = new History(engine);
        this.user = Worker.user(engine, connection);
        this.catalog = String.valueOf(connection.getCatalog());
        this.home = engine.currentSchema(connection);
        this.place = runner.shared();
        this.schema = place.schema();
        this.situation = runner.situation(place, History.Content.NONE);
    }

    /** Whether a schema is in the database of this connection. */
    boolean reaches(Place other) {
        return runner.source(other) == source;
    }

    /** Turns to a schema. The shared one is created if it is not the connection's own. */
    void enter(Place next) throws SQLException {
        place = next;
        schema = runner.schema(next, home);
        isFresh = false;
        if (next.isShared() && isElsewhere()) {
            createSchema();
        }
    }

    /** Makes names mean the schema, whatever an earlier script has said, until the connection ends or is reset. */
    void use() throws SQLException {
        if (engine == Engine.POSTGRESQL && !isElsewhere()) {
            execute(List.of("RESET search_path"));
        } else if (!schema.isEmpty()) {
            execute(List.of(engine.useStatement(schema)));
        }
    }

    /** Asked for first, as creating what is there needs a right that the user may not have. */
    private void createSchema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery(
                        "SELECT 1 FROM information_schema.schemata WHERE schema_name = " + engine.literal(schema))) {
            if (there.next()) {
                return;
            }
        }
        History.execute(connection, List.of(engine.createSchema(schema)));
    }

    private boolean isElsewhere() {
        return !schema.equals(home);
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

    Runner runner() {
        return runner;
    }

    Connection connection() {
        return connection;
    }

    Engine engine() {
        return engine;
    }

    History history() {
        return history;
    }

    Place place() {
        return place;
    }

    /** Returns what the schema is called in its database. */
    String schema() {
        return schema;
    }

    Situation situation() {
        return situation;
    }

    /** Returns a script as it is sent. */
    String text(Step step, Body.Sql body) {
        return runner.text(step, body, schema, user, catalog);
    }

    /** Sends some statements. */
    void execute(List<String> statements) throws SQLException {
        History.execute(connection, statements);
    }

    Lock lock() throws SQLException {
        return Lock.of(
                engine, place, schema, connection, source, runner.settings().lockTimeout());
    }

    void read() throws SQLException {
        situation = runner.situation(
                place, history.read(connection, List.of(schema)).getOrDefault(schema, History.Content.NONE));
        isFresh = true;
    }

    /** Runs what is chosen, and what is left of it if others have done some of it meanwhile. */
    void run(Situation known, Function<Situation, List<Task>> choice, Consumer<Ran> done, boolean onlyHistory)
            throws SQLException {
        situation = known;
        // What failed elsewhere may be under way: the lock will tell.
        isFresh = !known.hasFailed();
        TaskRunner doer = new TaskRunner(this);
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
                    // Refuses, if others have left something half done meanwhile.
                    situation.check();
                    tasks.removeIf(task -> !situation.isOpen(task));
                }
                if (tasks.isEmpty()) {
                    break;
                }
                Task task = tasks.get(0);
                if (onlyHistory) {
                    done.accept(doer.note(task, whole));
                } else if (!whole) {
                    done.accept(doer.told(task, () -> doer.inSteps(task)));
                } else if (task.body(place).inTransaction()) {
                    done.accept(doer.told(task, () -> doer.inTransaction(task)));
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
        boolean[] same = {false};
        Lock.await(place, runner.settings().lockTimeout(), () -> {
            try {
                connection.setAutoCommit(false);
                return engine == Engine.POSTGRESQL ? beginPostgres(same) : beginSqlite(same);
            } catch (SQLException e) {
                end();
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
                + "SET LOCAL search_path TO " + (isElsewhere() ? engine.quoted(schema) : "DEFAULT") + ";"
                + "SELECT pg_try_advisory_xact_lock(" + Engine.lockKey(schema) + ");"
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
        return engine.fingerprintQuery(schema, situation.content().exists());
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

    String insert(Task task, @Nullable Duration took, boolean success) {
        Step step = task.migration().step(place, task.direction());
        return history.insert(schema, situation.nextRank(), task.migration(), step, user, took, success);
    }

    void together(Doing doing) throws SQLException {
        connection.setAutoCommit(false);
        doing.run();
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Knows an entry that has just been written, without asking for it. */
    void remember(Task task, boolean success) {
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
}
