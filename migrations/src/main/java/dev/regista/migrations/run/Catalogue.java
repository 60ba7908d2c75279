package dev.regista.migrations.run;

import dev.regista.spi.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The migrations of one database: those of the shared schema, and those of each tenant's. Immutable.
 *
 * @param shared by version
 * @param tenants by version
 */
record Catalogue(List<Migration> shared, List<Migration> tenants) {
    private static final String OF_TENANTS = "tenant/";

    Catalogue {
        shared = List.copyOf(shared);
        tenants = List.copyOf(tenants);
    }

    /**
     * Finds them.
     *
     * @throws dev.regista.ConfigurationException naming every file that cannot be one, and every version there is twice
     */
    static Catalogue of(String database, MigrationSettings settings) {
        List<String> problems = new ArrayList<>();
        Builder shared = new Builder(problems);
        Builder tenants = new Builder(problems);
        for (ScriptFile file : Scanner.scripts(database, settings.locations(), problems)) {
            if (file.path().startsWith(OF_TENANTS)) {
                tenants.add(new ScriptFile(
                        file.path().substring(OF_TENANTS.length()), file.text(), file.isTransactional()));
            } else {
                shared.add(file);
            }
        }
        for (JavaMigration migration : settings.javaMigrations()) {
            if (migration.database().equals(database)) {
                (migration.ofTenants() ? tenants : shared).add(migration);
            }
        }
        Catalogue catalogue = new Catalogue(shared.build(), tenants.build());
        DatabaseSettings.throwIfAny(problems.stream()
                .map(problem -> "migrations of '" + database + "': " + problem)
                .toList());
        return catalogue;
    }

    boolean has(Version version) {
        return Stream.concat(shared.stream(), tenants.stream())
                .anyMatch(migration -> migration.version().equals(version));
    }

    List<Migration> of(Place place) {
        return place.isShared() ? shared : tenants;
    }

    /** Collects the migrations of one kind of schema. */
    private static final class Builder {
        private final Map<Version, ScriptFile> ups = new TreeMap<>();
        private final Map<Version, ScriptFile> downs = new TreeMap<>();
        private final Map<Version, Migration> java = new TreeMap<>();
        private final List<String> problems;

        Builder(List<String> problems) {
            this.problems = problems;
        }

        void add(ScriptFile file) {
            Matcher name = file.name().orElse(null);
            if (name == null) {
                problems.add(file.path() + " is not the name of a migration: V<version>__<name>.sql or"
                        + " U<version>__<name>.sql. Repeatable migrations and SQL callbacks are not supported");
                return;
            }
            Map<Version, ScriptFile> files = name.group(1).equals("V") ? ups : downs;
            ScriptFile other = files.putIfAbsent(Version.of(name.group(2)), file);
            if (other != null) {
                problems.add(other.path() + " and " + file.path() + " have the same version");
            }
        }

        void add(JavaMigration migration) {
            if (!Version.isVersion(migration.version())) {
                problems.add(migration.getClass().getName() + " has no version, but '" + migration.version() + "'");
                return;
            }
            Migration other = java.putIfAbsent(Version.of(migration.version()), Migration.of(migration));
            if (other != null) {
                problems.add(other.script() + " and " + migration.getClass().getName() + " have the same version");
            }
        }

        List<Migration> build() {
            Map<Version, Migration> all = new TreeMap<>(java);
            ups.forEach((version, file) -> {
                Migration other = all.put(version, migration(version, file));
                if (other != null) {
                    problems.add(other.script() + " and " + file.path() + " have the same version");
                }
            });
            downs.forEach((version, file) -> {
                if (!ups.containsKey(version)) {
                    problems.add(file.path() + " takes back a version " + version + " that there is no script of");
                }
            });
            return List.copyOf(all.values());
        }

        private Migration migration(Version version, ScriptFile file) {
            Matcher name = file.name().orElseThrow();
            ScriptFile down = downs.get(version);
            return new Migration(
                    Version.of(name.group(2)),
                    ScriptFile.description(name),
                    Migration.SQL,
                    file.path(),
                    file.checksum(),
                    file.body(),
                    down == null ? null : down.body(),
                    down == null ? "U" + name.group(2) + "__" + name.group(3) + ".sql" : down.path());
        }
    }
}
