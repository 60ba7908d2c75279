package dev.regista.migrations;

import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.MigrationSettingsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with scripts. */
record Scripts(Path folder) {
    Scripts with(String path, String sql) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scripts without(String path) {
        try {
            Files.delete(folder.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MigrationSettingsBuilder builder() {
        return MigrationSettings.builder().location(folder);
    }

    MigrationSettings settings() {
        return builder().build();
    }
}
