package dev.regista.migrations.run;

import java.util.Optional;

/**
 * A migration as its files have it. Immutable.
 *
 * @param database the database's name
 * @param ofTenants whether it is for each tenant's schema, or for the shared one
 * @param version its version
 * @param description its description
 * @param script the file, relative to its folder, or the class
 * @param up what it says, with its placeholders; empty for Java
 * @param hasDown whether it can be taken back
 * @param downScript the file that takes it back, whether it exists or not
 * @param down what that says; empty for Java, or if it does not exist
 */
public record MigrationScript(
        String database,
        boolean ofTenants,
        Version version,
        String description,
        String script,
        Optional<String> up,
        boolean hasDown,
        String downScript,
        Optional<String> down) {}
