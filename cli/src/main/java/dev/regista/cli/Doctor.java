package dev.regista.cli;

import dev.regista.Database;
import dev.regista.DatabaseUrl;
import dev.regista.RegistaException;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.run.SchemaState;
import dev.regista.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = {
            "Connects to every database, one by one, and explains what is wrong.",
            "Exits with 1 if one cannot be opened, or if migrations and histories do not belong together."
        })
final class Doctor extends Task {
    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            List<Object> json = new ArrayList<>();
            boolean ok = true;
            for (Map.Entry<String, Database<?>> each :
                    application.registry().databases().entrySet()) {
                Finding finding = examine(each.getValue(), application);
                say((finding.ok ? "ok    " : "wrong ") + each.getKey() + ": " + finding.text);
                finding.notes.forEach(note -> say("      " + note));
                ok &= finding.ok;
                json.add(finding.json(each.getKey()));
            }
            return end(ok, json);
        }
    }

    private record Finding(boolean ok, String text, List<String> notes) {
        Map<String, Object> json(String database) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("database", database);
            json.put("ok", ok);
            json.put("finding", DatabaseUrl.mask(text));
            json.put("notes", notes.stream().map(DatabaseUrl::mask).toList());
            return json;
        }
    }

    private static Finding examine(Database<?> database, Application application) {
        try {
            database.connect();
        } catch (RegistaException e) {
            return failed(e, database);
        }
        try {
            return database.isOpen() ? opened(database, application) : down(database);
        } finally {
            database.disconnect();
        }
    }

    /** It may be down, and what is wrong is told to whoever uses it. */
    private static Finding down(Database<?> database) {
        try {
            database.run(session -> {});
            return new Finding(true, "connected, at the second attempt", List.of());
        } catch (RegistaException e) {
            return failed(e, database, "it is not required: the application starts without it");
        }
    }

    private static Finding failed(RegistaException failure, Database<?> database, String... more) {
        List<String> notes = new ArrayList<>(List.of(Databases.url(database)));
        Diagnosis.advice(failure).ifPresent(notes::add);
        notes.addAll(List.of(more));
        return new Finding(false, Diagnosis.cause(failure), notes);
    }

    private static Finding opened(Database<?> database, Application application) {
        if (!(database instanceof SqlDatabase sql)) {
            return new Finding(true, "connected", List.of());
        }
        List<String> notes = new ArrayList<>();
        try (Connection connection = sql.dataSource().getConnection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            String text = "connected: " + metaData.getDatabaseProductName() + " "
                    + metaData.getDatabaseProductVersion().replaceFirst("[ (].*", "");
            boolean ok = migrations(sql, application, notes);
            return new Finding(ok, text, notes);
        } catch (SQLException | RegistaException e) {
            return new Finding(false, Diagnosis.cause(e), notes);
        }
    }

    private static boolean migrations(SqlDatabase database, Application application, List<String> notes) {
        List<SchemaState> states =
                Migrations.of(database, application.settings()).fleet().states();
        long pending =
                states.stream().mapToLong(state -> state.pending().size()).sum();
        if (database.hasTenants()) {
            notes.add(Words.count(database.tenants().list().size(), "tenant", "tenants"));
        }
        if (pending > 0) {
            notes.add(Words.count(pending, "migration has", "migrations have") + " not run: regista migrate");
        }
        List<String> problems = states.stream()
                .flatMap(state -> state.problems().stream())
                .map(problem -> problem.message())
                .toList();
        notes.addAll(problems);
        return problems.isEmpty();
    }
}
