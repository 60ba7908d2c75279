package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each block of Java or YAML in the README and the guides is, word for word, a region of a test here, or of its resources. */
class SnippetsTest {
    private static final Pattern MARKER = Pattern.compile("<!-- snippet: ([\\w/.-]+)#([\\w-]+) -->");

    // Surefire sets basedir; an IDE starts tests in the module.
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("src/test/java/dev/regista/docs");
    private static final Path RESOURCES = MODULE.resolve("src/test/resources");

    @Test
    void everyBlockOfTheGuidesIsCodeThatRuns() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path page : pages()) {
            problems.addAll(problemsOf(MODULE.getParent().relativize(page), Files.readAllLines(page)));
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void thePagesAreFound() throws IOException {
        assertThat(pages()).extracting(page -> page.getFileName().toString()).contains("README.md", "databases.md");
    }

    @Test
    void aBlockWithoutAMarkerIsReported() throws IOException {
        assertThat(problemsOf(Path.of("page.md"), List.of("text", "```java", "int i;", "```")))
                .singleElement()
                .asString()
                .startsWith("page.md:2: a block of java without a marker");
    }

    @Test
    void aBlockOfYamlWithoutAMarkerIsReported() throws IOException {
        assertThat(problemsOf(Path.of("page.md"), List.of("text", "```yaml", "a: b", "```")))
                .singleElement()
                .asString()
                .startsWith("page.md:2: a block of yaml without a marker");
    }

    @Test
    void anUnknownRegionIsReported() throws IOException {
        assertThat(problemsOf(
                        Path.of("page.md"),
                        List.of("<!-- snippet: ReadmeIT.java#nothing -->", "```java", "int i;", "```")))
                .singleElement()
                .asString()
                .startsWith("page.md:1: ReadmeIT.java has no region 'nothing'");
    }

    @Test
    void anUnknownFileIsReported() throws IOException {
        assertThat(problemsOf(
                        Path.of("page.md"),
                        List.of("<!-- snippet: Nothing.java#registry -->", "```java", "int i;", "```")))
                .singleElement()
                .asString()
                .startsWith("page.md:1: there is no file Nothing.java");
    }

    @Test
    void aDifferenceIsReportedWithTheLineThatDiffers() throws IOException {
        List<String> page = new ArrayList<>(List.of("<!-- snippet: ReadmeIT.java#units -->", "```java"));
        page.addAll(region(SOURCES.resolve("ReadmeIT.java"), "units"));
        page.set(3, "main.nested().run(session -> {});");
        page.add("```");

        assertThat(problemsOf(Path.of("page.md"), page))
                .singleElement()
                .asString()
                .startsWith("page.md:4: differs from the region 'units' of ReadmeIT.java");
    }

    private static List<Path> pages() throws IOException {
        Path root = MODULE.getParent();
        try (Stream<Path> guides = Files.list(root.resolve("docs/guides"))) {
            return Stream.concat(
                            Stream.of(root.resolve("README.md")),
                            guides.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    private static List<String> problemsOf(Path name, List<String> page) throws IOException {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            String fence = page.get(i).strip();
            if (fence.equals("```java") || fence.equals("```yaml")) {
                int end = i + 1;
                while (end < page.size() && !page.get(end).strip().equals("```")) {
                    end++;
                }
                Matcher marker = MARKER.matcher(i == 0 ? "" : page.get(i - 1).strip());
                if (marker.matches()) {
                    check(name, i, marker.group(1), marker.group(2), page.subList(i + 1, end), problems);
                } else {
                    problems.add(name + ":" + (i + 1) + ": a block of " + fence.substring(3)
                            + " without a marker. Put it into a region of a test in " + SOURCES
                            + " or of a file in " + RESOURCES
                            + ", and <!-- snippet: File.java#region --> on the line before");
                }
                i = end;
            }
        }
        return problems;
    }

    /** Line numbers count from 1; the marker is on the line before the fence. */
    private static void check(
            Path name, int fence, String file, String region, List<String> block, List<String> problems)
            throws IOException {
        Path source = (file.endsWith(".java") ? SOURCES : RESOURCES).resolve(file);
        if (!Files.exists(source)) {
            problems.add(name + ":" + fence + ": there is no file " + file + " in " + source.getParent());
            return;
        }
        List<String> wanted = region(source, region);
        if (wanted.isEmpty()) {
            problems.add(name + ":" + fence + ": " + file + " has no region '" + region + "'. Put // tag::" + region
                    + "[] and // end::" + region + "[] around the code");
            return;
        }
        int same = 0;
        while (same < wanted.size() && same < block.size() && wanted.get(same).equals(block.get(same))) {
            same++;
        }
        if (same < wanted.size() || same < block.size()) {
            problems.add(name + ":" + (fence + 2 + same) + ": differs from the region '" + region + "' of " + file
                    + ". If the test is right, the block must be:\n" + String.join("\n", wanted));
        }
    }

    /** Returns the lines of all parts of a region, without what they are all indented by. Empty if there is none. */
    private static List<String> region(Path file, String region) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            String stripped = line.strip().replaceFirst("^# ", "// ");
            if (stripped.equals("// tag::" + region + "[]")) {
                inside = true;
            } else if (stripped.equals("// end::" + region + "[]")) {
                inside = false;
            } else if (inside && !stripped.startsWith("// tag::") && !stripped.startsWith("// end::")) {
                lines.add(line);
            }
        }
        return String.join("\n", lines).stripIndent().lines().toList();
    }
}
