package dev.regista.cli;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.migrations.MigratedTenants;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.run.MigrationScript;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.tenancy.TenantInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tenants",
        description = "The tenants of a database.",
        subcommands = {TenantsGroup.ListAll.class, TenantsGroup.Create.class, TenantsGroup.Drop.class})
final class TenantsGroup extends Group {
    /** A command about the tenants of one database. */
    abstract static class TenantTask extends Task {
        @Option(
                names = {"-d", "--database"},
                paramLabel = "NAME",
                description = "The database. Default: the only one that has tenants.")
        @Nullable
        String database;

        /** Returns the name of the database that is meant. */
        final String name(Application application) {
            if (database != null) {
                return database;
            }
            List<String> names = new ArrayList<>();
            application.sql().forEach((name, each) -> {
                if (each.hasTenants()) {
                    names.add(name);
                }
            });
            if (names.size() != 1) {
                throw new ConfigurationException(
                        names.isEmpty()
                                ? "no database has tenants: none has a model with @TenantModel"
                                : "several databases have tenants: choose one with --database: "
                                        + String.join(", ", names));
            }
            return names.get(0);
        }

        final SqlDatabase open(Application application) {
            SqlDatabase opened = application.opened(name(application));
            if (!opened.hasTenants()) {
                throw new NotSupportedException(opened.name(), "tenants: none of its models has @TenantModel");
            }
            return opened;
        }

        static Map<String, Object> json(String database, TenantInfo tenant) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("database", database);
            json.put("name", tenant.name());
            json.put("schema", tenant.schema());
            json.put("placement", Words.of(tenant.placement()));
            json.put("state", Words.of(tenant.state()));
            json.put("created", tenant.created());
            return json;
        }
    }

    @Command(name = "list", description = "Prints the tenants of all databases, or of one.")
    static final class ListAll extends TenantTask {
        @Override
        public Integer call() {
            try (Application application = Application.load(root())) {
                Table table = new Table("DATABASE", "TENANT", "SCHEMA", "STATE");
                List<Object> json = new ArrayList<>();
                List<String> names = new ArrayList<>();
                if (database != null) {
                    names.add(name(application));
                } else {
                    application.sql().forEach((name, each) -> {
                        if (each.hasTenants()) {
                            names.add(name);
                        }
                    });
                }
                for (String name : names) {
                    for (TenantInfo tenant : application.opened(name).tenants().list()) {
                        table.row(name, tenant.name(), tenant.schema(), Words.of(tenant.state()));
                        json.add(json(name, tenant));
                    }
                }
                say(table);
                return end(true, json);
            }
        }
    }

    @Command(name = "create", description = "Creates tenants. With migrations for tenants, they start at head.")
    static final class Create extends TenantTask {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Their names.")
        private List<String> tenants = new ArrayList<>();

        @Override
        public Integer call() {
            try (Application application = application()) {
                SqlDatabase opened = open(application);
                List<Object> json = new ArrayList<>();
                for (String tenant : tenants) {
                    TenantInfo info = opened.tenants().create(tenant);
                    say("created " + info.name());
                    json.add(json(opened.name(), info));
                }
                return end(true, json);
            }
        }

        /** Returns one in which new tenants are migrated, if there are migrations for them and nobody has said otherwise. */
        private Application application() {
            String name;
            try (Application application = Application.load(root())) {
                name = name(application);
                open(application);
                Migrations migrations = application.migrations(name);
                if (migrations.scripts().stream().noneMatch(MigrationScript::ofTenants)) {
                    return Application.load(root());
                }
            }
            return Application.loadWithDefault(root(), name, "tenant-setup", MigratedTenants.class.getName());
        }
    }

    @Command(name = "drop", description = "Drops a tenant, with all its rows.")
    static final class Drop extends TenantTask {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String tenant = "";

        @Option(names = "--yes", description = "Does not ask.")
        private boolean yes;

        @Override
        public Integer call() {
            try (Application application = Application.load(root())) {
                SqlDatabase opened = open(application);
                boolean confirmed = yes
                        || (!root().json
                                && root().host()
                                        .confirm("Drop tenant '" + tenant + "' of database '" + opened.name()
                                                + "' with all its rows?"));
                if (!confirmed) {
                    throw new ConfigurationException("nothing was dropped: --yes drops without asking");
                }
                opened.tenants().drop(tenant);
                say("dropped " + tenant);
                return end(true, Map.of("dropped", tenant));
            }
        }
    }
}
