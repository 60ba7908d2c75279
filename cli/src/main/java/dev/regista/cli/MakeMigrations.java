package dev.regista.cli;

import dev.regista.migrations.Draft;
import dev.regista.migrations.Generation;
import dev.regista.migrations.generate.GeneratorOptions;
import dev.regista.migrations.generate.RefusedChangesException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "makemigrations",
        sortOptions = false,
        description = {
            "Writes migrations that lead from the schemas to what the models need, and back.",
            "If nothing differs, nothing is written. What would lose data, or needs a value that nobody knows, is refused"
                    + " unless it is asked for. On a terminal it is asked whether something was renamed."
        })
final class MakeMigrations extends Task {
    @Mixin
    private final Selection selection = new Selection();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            defaultValue = "change",
            description = "What the change is: a part of the files' names. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "What is called otherwise: table=table, sequence=sequence or table.column=column.")
    private List<String> renames = new ArrayList<>();

    @Option(
            names = "--default",
            paramLabel = "MODEL.FIELD=VALUE",
            description = "What rows that exist get in a column that cannot be null.")
    private List<String> defaults = new ArrayList<>();

    @Option(
            names = {"--null-field", "--nf"},
            paramLabel = "MODEL.FIELD",
            description = "A new column that may be null for now; the next migration makes it what the model says."
                    + " .FIELD is that of all models.")
    private List<String> nullable = new ArrayList<>();

    @Option(names = "--allow-drop", description = "Drops columns, tables and sequences, with what is in them.")
    private boolean allowDrop;

    @Option(names = "--allow-narrowing", description = "Makes types ones that not every value fits into.")
    private boolean allowNarrowing;

    @Option(names = "--allow-conversion", description = "Makes types ones to which values have to be converted.")
    private boolean allowConversion;

    @Option(
            names = "--concurrent-indexes",
            description =
                    "Creates indexes without keeping others from writing, in a migration of their own. PostgreSQL.")
    private boolean concurrentIndexes;

    @Option(
            names = "--from-scripts",
            description = "Compares with what the scripts make of an empty schema, and not with the live ones.")
    private boolean fromScripts;

    @Option(
            names = "--version-number",
            paramLabel = "N",
            description = "The version of what is written. Default: the time in UTC, as 20260131120000.")
    private @Nullable String version;

    @Option(names = "--dry-run", description = "Prints what would be written, and writes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            Generation generation = selection.of(application).generate().withScripts(fromScripts);
            if (version != null) {
                generation = generation.version(version);
            }
            List<Draft> drafts = drafts(generation);
            drafts.forEach(this::say);
            if (drafts.isEmpty()) {
                say("No changes.");
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("changes", !drafts.isEmpty());
            json.put("migrations", drafts.stream().map(this::json).toList());
            return end(true, json);
        }
    }

    /** As often as somebody says that something was renamed. */
    private List<Draft> drafts(Generation generation) {
        Set<String> denied = new HashSet<>();
        while (true) {
            try {
                Generation allowed = generation.options(options());
                return dryRun
                        ? allowed.compare().stream()
                                .filter(draft -> !draft.isEmpty())
                                .toList()
                        : allowed.write(name);
            } catch (RefusedChangesException e) {
                Optional<String> rename = root().json
                        ? Optional.empty()
                        : e.possibleRenames().stream()
                                .filter(each -> !denied.contains(each))
                                .filter(each -> isConfirmed(each, denied))
                                .findFirst();
                renames.add(rename.orElseThrow(() -> e));
            }
        }
    }

    private boolean isConfirmed(String rename, Set<String> denied) {
        boolean confirmed = root().host().confirm("Was " + rename.replace("=", " renamed to ") + "?");
        if (!confirmed) {
            denied.add(rename);
        }
        return confirmed;
    }

    private GeneratorOptions options() {
        GeneratorOptions.Builder options = GeneratorOptions.builder()
                .allowDrop(allowDrop)
                .allowNarrowing(allowNarrowing)
                .allowConversion(allowConversion)
                .concurrentIndexes(concurrentIndexes);
        renames.forEach(options::rename);
        for (String each : defaults) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec().commandLine(), "--default is Model.field=value, not '" + each + "'");
            }
            options.defaultValue(attribute(each.substring(0, equals)), each.substring(equals + 1));
        }
        nullable.forEach(each -> options.nullable(attribute(each)));
        return options.build();
    }

    /** A colon is what others write for the dot. */
    private static String attribute(String text) {
        return text.contains(".") ? text : text.replaceFirst(":", ".");
    }

    private void say(Draft draft) {
        draft.files().forEach(file -> say("wrote " + root().shown(file)));
        if (dryRun) {
            say("-- " + draft.database() + (draft.ofTenants() ? ", tenants" : ""));
            draft.migration().up().forEach(sql -> say(sql + ";"));
            draft.migration()
                    .afterwards()
                    .ifPresent(afterwards -> afterwards.up().forEach(sql -> say(sql + ";")));
        }
        draft.migration().warnings().forEach(warning -> say("warning: " + warning));
    }

    private Map<String, Object> json(Draft draft) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", draft.database());
        json.put("tenants", draft.ofTenants());
        json.put("files", draft.files().stream().map(root()::shown).toList());
        json.put("up", draft.migration().up());
        json.put("down", draft.migration().down());
        json.put("warnings", draft.migration().warnings());
        return json;
    }
}
