package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the architecture, and the decisions, speak of classes that exist. */
class ArchitecturePageTest {
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([A-Z][a-z]\\w*)(?:[.#(][^`]*)?`");

    /** Class names of others that these pages mention. */
    private static final Set<String> NOT_OURS = Set.of("SessionFactory", "StatelessSession", "Session");

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    @Test
    void everyClassThatIsNamedExists() throws IOException {
        Set<String> existing = sources();
        for (Path page : pages()) {
            Set<String> named = IN_BACKTICKS
                    .matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !NOT_OURS.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(existing)
                    .as("the classes in backticks in " + MODULE.getParent().relativize(page))
                    .containsAll(named);
        }
    }

    @Test
    void theArchitecturePageNamesTheClassesOfAUnitOfWork() throws IOException {
        assertThat(MODULE.resolve("architecture.md"))
                .content()
                .contains("`DefaultRegistry`", "`Lifecycle`", "`UnitRunner`", "`SqlUnit`", "`Pool`");
    }

    private static Set<Path> pages() throws IOException {
        try (Stream<Path> decisions = Files.list(MODULE.resolve("decisions"))) {
            return Stream.concat(Stream.of(MODULE.resolve("architecture.md")), decisions)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The simple names of the top-level main classes of every module. */
    private static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MODULE.getParent())) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
