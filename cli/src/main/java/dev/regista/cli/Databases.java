package dev.regista.cli;

import dev.regista.Database;
import dev.regista.DatabaseUrl;
import dev.regista.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "databases", description = "Prints the databases of the configuration. Contacts none.")
final class Databases extends Task {
    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            Table table = new Table("DATABASE", "KIND", "MODELS", "TENANTS", "URL");
            List<Object> json = new ArrayList<>();
            application.registry().databases().forEach((name, database) -> {
                String url = url(database);
                boolean hasTenants = database instanceof SqlDatabase sql && sql.hasTenants();
                int models = database.models().size();
                table.row(name, kind(database), String.valueOf(models), hasTenants ? "yes" : "no", url);
                Map<String, Object> each = new LinkedHashMap<>();
                each.put("name", name);
                each.put("kind", kind(database));
                each.put(
                        "models", database.models().stream().map(Class::getName).toList());
                each.put("tenants", hasTenants);
                each.put("url", url);
                json.add(each);
            });
            say(table);
            return end(true, json);
        }
    }

    static String url(Database<?> database) {
        return database instanceof SqlDatabase sql ? DatabaseUrl.mask(sql.url()) : "-";
    }

    /** Returns the last part of the package, which is what kinds are called. */
    static String kind(Database<?> database) {
        String name = database.getClass().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
