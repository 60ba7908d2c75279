package dev.regista.cli;

import dev.regista.migrations.run.HistoryEntry;
import dev.regista.migrations.run.SchemaState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "history", description = "Prints what ran in each schema, newest first. * is the current version.")
final class HistoryList extends StateTask {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many of each schema. Default: all.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--times", description = "Prints when it ran too, as the database says it.")
    private boolean times;

    @Override
    int show(List<SchemaState> states) {
        Table table = times
                ? new Table("DATABASE", "TENANT", "VERSION", "", "DESCRIPTION", "", "WHEN")
                : new Table("DATABASE", "TENANT", "VERSION", "", "DESCRIPTION", "");
        List<Object> json = new ArrayList<>();
        for (SchemaState state : states) {
            List<HistoryEntry> entries = new ArrayList<>(state.history());
            Collections.reverse(entries);
            boolean marked = false;
            for (HistoryEntry entry : entries.subList(0, Math.min(limit, entries.size()))) {
                boolean current = !marked && isCurrent(entry, state);
                marked |= current;
                row(table, state, entry, current);
                json.add(json(state, entry, current));
            }
        }
        say(table);
        return end(true, json);
    }

    private static boolean isCurrent(HistoryEntry entry, SchemaState state) {
        return entry.success()
                && !entry.type().equals("DELETE")
                && state.current().equals(java.util.Optional.ofNullable(entry.version()));
    }

    private void row(Table table, SchemaState state, HistoryEntry entry, boolean current) {
        List<String> cells = new ArrayList<>(List.of(
                state.place().database(),
                Words.tenant(state.place()),
                version(entry.version()),
                current ? "*" : "",
                entry.description(),
                Words.entry(entry)));
        if (times) {
            cells.add(entry.installedOn());
        }
        table.row(cells.toArray(new String[0]));
    }

    private static String version(@Nullable Object version) {
        return version == null ? "-" : version.toString();
    }

    private static Map<String, Object> json(SchemaState state, HistoryEntry entry, boolean current) {
        Map<String, Object> json = Words.json(state.place());
        json.put("rank", entry.rank());
        json.put("version", entry.version());
        json.put("current", current);
        json.put("description", entry.description());
        json.put("type", entry.type());
        json.put("script", entry.script());
        json.put("by", entry.installedBy());
        json.put("on", entry.installedOn());
        json.put("millis", entry.took().toMillis());
        json.put("success", entry.success());
        return json;
    }
}
