package dev.regista.cli;

import dev.regista.migrations.fleet.Skew;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "fleet", description = "All schemas together.", subcommands = FleetGroup.Status.class)
final class FleetGroup extends Group {
    @Command(
            name = "status",
            description =
                    "Prints which schemas are at which version. Exits with 1 if a migration is pending somewhere.")
    static final class Status extends Task {
        private static final int SHOWN = 5;

        @Mixin
        private final Selection selection = new Selection();

        @Override
        public Integer call() {
            try (Application application = Application.load(root())) {
                Skew skew = selection.of(application).fleet().skew();
                Table table = new Table("DATABASE", "FOR", "VERSION", "PENDING", "SCHEMAS", "");
                for (Skew.Group group : skew.groups()) {
                    table.row(
                            group.database(),
                            group.ofTenants() ? "tenants" : "shared",
                            Words.version(group.version()),
                            String.valueOf(group.pending()),
                            String.valueOf(group.places().size()),
                            tenants(group));
                }
                say(table);
                return end(
                        skew.isEven(), skew.groups().stream().map(Status::json).toList());
            }
        }

        private static String tenants(Skew.Group group) {
            List<String> names = names(group);
            return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (names.size() > SHOWN ? ", …" : "");
        }

        private static List<String> names(Skew.Group group) {
            return group.places().stream()
                    .filter(place -> !place.isShared())
                    .map(Words::tenant)
                    .toList();
        }

        private static Map<String, Object> json(Skew.Group group) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("database", group.database());
            json.put("tenants", group.ofTenants());
            json.put("version", group.version().orElse(null));
            json.put("pending", group.pending());
            json.put("schemas", group.places().size());
            json.put("names", names(group));
            return json;
        }
    }
}
