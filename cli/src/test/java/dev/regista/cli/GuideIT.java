package dev.regista.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The session in the guide is what the commands print. {@code -Dregista.write=true} writes it anew. */
@ExtendWith(LeakChecker.class)
class GuideIT {
    // Surefire sets basedir; an IDE starts tests in the module.
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path GUIDE = MODULE.getParent().resolve("docs/guides/command-line.md");
    private static final Pattern MODELS = Pattern.compile("<!-- models: (\\w+) -->");
    private static final String URL = "postgresql://shop:secret@localhost/shop";

    @TempDir
    Path folder;

    private Shell shell;
    private int code;

    @Test
    void theSessionIsWhatTheCommandsPrint() throws IOException {
        try (TestDatabase postgres = TestServers.postgres().newDatabase()) {
            shell = new Shell(folder);
            List<String> page = Files.readAllLines(GUIDE);
            String written = String.join("\n", played(page, postgres)) + "\n";
            if (Boolean.getBoolean("regista.write")) {
                Files.writeString(GUIDE, written);
            }
            assertThat(GUIDE).as("written by -Dregista.write=true").content().isEqualTo(written);
        }
    }

    /** Returns the page with what its commands print now. */
    private List<String> played(List<String> page, TestDatabase postgres) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inSession = false;
        for (String line : page) {
            Matcher models = MODELS.matcher(line);
            if (models.matches()) {
                compile(models.group(1));
            }
            if (line.startsWith("```")) {
                inSession = line.equals("```console");
            }
            if (!inSession || line.startsWith("```") || line.startsWith("$ ")) {
                lines.add(line);
            }
            if (inSession && line.startsWith("$ ")) {
                output(line.substring(2), postgres).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    private String output(String command, TestDatabase postgres) throws IOException {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "regista" -> {
                Shell.Result result = shell.run(Stream.of(words).skip(1).toArray(String[]::new));
                code = result.code();
                return shown(result.all(), postgres);
            }
            case "cat" -> {
                return Files.readString(folder.resolve(words[1]));
            }
            case "export" -> {
                String[] variable = words[1].split("=", 2);
                shell.set(variable[0], variable[1].equals(URL) ? real(postgres) : variable[1]);
                return "";
            }
            case "echo" -> {
                assertThat(words[1]).isEqualTo("$?");
                return code + "\n";
            }
            default -> throw new AssertionError("the session may not have: " + command);
        }
    }

    private static String real(TestDatabase postgres) {
        String separator = postgres.url().contains("?") ? "&" : "?";
        return postgres.url() + separator + "user=" + postgres.user() + "&password=" + postgres.password();
    }

    /** The server of the test has a port and a database of its own. */
    private static String shown(String output, TestDatabase postgres) {
        String address = postgres.url().replaceFirst(".*//", "").replaceFirst("\\?.*", "");
        return output.replace(address, "localhost/shop").replaceAll("'" + postgres.user() + "'", "'shop'");
    }

    private void compile(String version) throws IOException {
        Path from = MODULE.resolve("src/test/resources/session").resolve(version);
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.resolve("classes") + ""));
        Files.createDirectories(folder.resolve("classes"));
        try (Stream<Path> sources = Files.walk(from).filter(Files::isRegularFile)) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                Path copy = folder.resolve("src").resolve(from.relativize(source));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(source));
                arguments.add(copy.toString());
            }
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).as("compiling " + version).isZero();
    }
}
