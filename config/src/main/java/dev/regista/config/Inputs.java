package dev.regista.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is read besides the file, and which variants of the file. */
final class Inputs {
    private static final String PROFILE_PROPERTY = "regista.profile";
    private static final String PROFILE_VARIABLE = "REGISTA_PROFILE";

    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final @Nullable List<String> profiles;
    private final @Nullable Path envFile;
    private final Set<String> variables;

    Inputs(
            Map<String, String> environment,
            Map<String, String> properties,
            @Nullable List<String> profiles,
            @Nullable Path envFile) {
        this.environment = environment;
        this.properties = properties;
        this.profiles = profiles;
        this.envFile = envFile;
        this.variables = new HashSet<>(environment.keySet());
    }

    /** Returns the names of all environment variables, those in the file included once it has been read. */
    Set<String> variables() {
        return variables;
    }

    Effective read(ConfigFile file, Key prefix, ClassLoader loader, Problems problems) {
        Map<String, String> system = systemProperties();
        Map<String, String> dotEnv = dotEnv(problems);
        variables.addAll(dotEnv.keySet());
        List<String> active = profiles(system, dotEnv);
        Sources sources = new Sources();
        List<Entry> entries = file.read("", loader, problems).orElse(List.of());
        sources.file(file.name(), entries, "");
        for (String profile : active) {
            Optional<List<Entry>> variant = file.read(profile, loader, problems);
            variant.ifPresent(more -> sources.file(file.name(profile), more, ""));
            sources.file(file.name(), entries, profile);
            if (variant.isEmpty()
                    && entries.stream().noneMatch(entry -> entry.key().first().equals("%" + profile))) {
                problems.add(
                        Origin.of(file.name()),
                        "there is nothing for the profile '" + profile + "': neither a file nor a block \"%" + profile
                                + "\"");
            }
        }
        sources.environment(environment, dotEnv);
        sources.systemProperties(system, prefix);
        sources.program(properties);
        return sources.together(problems);
    }

    private List<String> profiles(Map<String, String> system, Map<String, String> dotEnv) {
        if (profiles != null) {
            return profiles;
        }
        String names = system.getOrDefault(
                PROFILE_PROPERTY,
                environment.getOrDefault(PROFILE_VARIABLE, dotEnv.getOrDefault(PROFILE_VARIABLE, "")));
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Map<String, String> dotEnv(Problems problems) {
        Path path = envFile == null ? Path.of(".env") : envFile;
        if (envFile == null && !Files.isRegularFile(path)) {
            return Map.of();
        }
        try {
            return DotEnv.read(path.toString(), Files.readAllLines(path), problems);
        } catch (NoSuchFileException e) {
            problems.add(Origin.of(path.toString()), "there is no such file");
        } catch (IOException e) {
            problems.add(
                    Origin.of(path.toString()),
                    "cannot be read as text: " + e.getClass().getSimpleName());
        }
        return Map.of();
    }

    private static Map<String, String> systemProperties() {
        Properties system = System.getProperties();
        Map<String, String> properties = new TreeMap<>();
        system.stringPropertyNames().forEach(name -> properties.put(name, String.valueOf(system.getProperty(name))));
        return properties;
    }
}
