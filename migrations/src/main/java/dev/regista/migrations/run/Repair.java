package dev.regista.migrations.run;

import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Situation.Task;
import dev.regista.migrations.run.Step.Direction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Makes the history of a session's schema agree with the files. */
final class Repair {
    private final Session session;
    private final String schema;

    Repair(Session session) {
        this.session = session;
        this.schema = session.schema();
    }

    List<Problem> run() throws SQLException {
        session.read();
        List<Problem> problems = session.situation().problems().stream()
                .filter(problem -> !(problem instanceof Problem.OutOfOrder))
                .toList();
        if (problems.isEmpty()) {
            return problems;
        }
        session.together(() -> {
            if (session.situation().hasFailed()) {
                boolean hasProgress = !session.situation().content().progress().isEmpty();
                session.history().deleteFailed(session.connection(), schema, hasProgress);
            }
            for (var different : session.situation().different().entrySet()) {
                session.history()
                        .align(session.connection(), schema, different.getKey().rank(), different.getValue());
            }
            for (HistoryEntry missing : session.situation().missing()) {
                History.execute(
                        session.connection(),
                        List.of(session.insert(new Task(gone(missing), Direction.DOWN), Duration.ZERO, true)));
                session.read();
            }
        });
        return problems;
    }

    private static Migration gone(HistoryEntry entry) {
        Body nothing = new Body.Sql("", true);
        return new Migration(
                Objects.requireNonNull(entry.version()),
                entry.description(),
                entry.type(),
                entry.script(),
                entry.checksum(),
                nothing,
                nothing,
                entry.script());
    }
}
