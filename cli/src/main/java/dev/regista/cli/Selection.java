package dev.regista.cli;

import dev.regista.migrations.Migrations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which schemas a command is about. */
final class Selection {
    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "Only this database.")
    @Nullable
    String database;

    @ArgGroup
    Schemas schemas = new Schemas();

    /** At most one of them. */
    static final class Schemas {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "NAME",
                description = "Only this tenant.")
        @Nullable
        String tenant;

        @Option(names = "--shared", description = "Only the shared schemas.")
        boolean shared;

        @Option(names = "--tenants", description = "Only the tenants.")
        boolean tenants;
    }

    Migrations of(Application application) {
        Migrations all = application.migrations(database);
        if (schemas.tenant != null) {
            return all.tenant(schemas.tenant);
        }
        return schemas.shared ? all.shared() : schemas.tenants ? all.tenants() : all;
    }
}
