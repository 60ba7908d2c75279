package dev.regista.cli;

import dev.regista.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description = "Writes a configuration with comments, and folders for migrations. Overwrites nothing.")
final class Init extends Task {
    private static final String NAMES = "[\\p{L}_][\\p{L}\\p{N}_.]*(,[\\p{L}_][\\p{L}\\p{N}_.]*)*";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "jdbc:h2:./data/app",
            description = "What the main database is, unless $DATABASE_URL says otherwise. Default: ${DEFAULT-VALUE}.")
    String url = "";

    @Option(
            names = "--models",
            paramLabel = "NAME",
            description = "Classes and packages of models, separated by commas.")
    @Nullable
    String models;

    @Override
    public Integer call() throws IOException {
        Path config = root().file(root().config);
        if (Files.exists(config)) {
            throw new ConfigurationException(root().shown(config) + " is there already; nothing was written");
        }
        if (models != null && !models.matches(NAMES)) {
            throw new ConfigurationException("'" + models + "' names no classes or packages");
        }
        if (url.matches("(?s).*[\"\\\\\\n].*")) {
            throw new ConfigurationException("a URL has no quotes, backslashes and line ends");
        }
        String folder = root().migrations == null
                ? "db/migration"
                : root().migrations.toString().replace('\\', '/');
        List<Path> written = new ArrayList<>();
        if (config.getParent() != null) {
            Files.createDirectories(config.getParent());
        }
        Files.writeString(config, text(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        written.add(config);
        Path migrations = root().file(folder).resolve("main");
        if (!Files.isDirectory(migrations)) {
            Files.createDirectories(migrations);
            written.add(migrations);
        }
        written.forEach(file -> say("wrote " + root().shown(file)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("written", written.stream().map(root()::shown).toList());
        return end(true, json);
    }

    private String text(String folder) throws IOException {
        try (InputStream template = Objects.requireNonNull(Init.class.getResourceAsStream("regista.yaml"))) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@URL@", url)
                    .replace("@MODELS@", models == null ? "# models: com.example.shop" : "models: [" + models + "]")
                    .replace("@FOLDER@", folder);
        }
    }
}
