package dev.regista.migrations.run;

import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Step.Direction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a run would send. */
final class Plan {
    private Plan() {}

    static List<PlannedStep> of(Runner runner, Situation situation, Direction direction, Target target) {
        Place place = situation.place();
        try (Connection connection = runner.source(place).getConnection()) {
            Engine engine = Engine.of(connection, runner.name());
            History history = new History(engine);
            String user = Worker.user(engine, connection);
            String catalog = String.valueOf(connection.getCatalog());
            String home = engine.currentSchema(connection);
            String schema = runner.schema(place, home);
            List<PlannedStep> plan = new ArrayList<>();
            int rank = situation.nextRank();
            for (Situation.Task task : direction == Direction.UP ? situation.upTo(target) : situation.downTo(target)) {
                Step step = task.migration().step(place, task.direction());
                List<String> parts = new ArrayList<>();
                if (!schema.equals(home)) {
                    parts.add(engine.useStatement(schema) + ";");
                }
                if (rank == 1 && !situation.content().exists()) {
                    engine.createHistory(schema).forEach(sql -> parts.add(sql + ";"));
                }
                parts.add(
                        task.body(place) instanceof Body.Sql sql
                                ? terminated(runner.text(step, sql, schema, user, catalog)
                                        .strip())
                                : "-- " + step.script() + " is Java");
                parts.add(history.insert(schema, rank++, task.migration(), step, user, Duration.ZERO, true) + ";");
                plan.add(new PlannedStep(step, String.join("\n", parts)));
            }
            return plan;
        } catch (SQLException e) {
            throw new HistoryException("plan " + place, e);
        }
    }

    /** On a line of its own, as the last one may be a comment. */
    private static String terminated(String script) {
        return script.endsWith(";") ? script : script + "\n;";
    }
}
