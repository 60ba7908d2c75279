package dev.regista.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTest {
    private static final Metric READ = Metric.ALL.get(0);
    private static final Map<String, List<double[]>> BLOCKS = Map.of(
            "regista read", List.of(new double[] {120, 900, 130}, new double[] {150}),
            "jdbc", List.of(new double[] {100, 600, 100}, new double[] {100}));

    @TempDir
    private Path directory;

    @Test
    void aRatioIsTheMedianOfTheBlocksOfTheMediansOfTheRounds() {
        Figure figure = READ.of(BLOCKS).orElseThrow();

        assertThat(figure.lowest()).isEqualTo(1.3);
        assertThat(figure.highest()).isEqualTo(1.5);
        assertThat(figure.value()).isEqualTo(1.4);
        assertThat(figure.met()).isFalse();
    }

    @Test
    void whatIsNotRecordedHasNoFigure() {
        assertThat(READ.of(Map.of("jdbc", List.of(new double[] {1})))).isEmpty();
    }

    @Test
    void namesAreUniqueAndSelectTheirBenchmark() {
        assertThat(Metric.ALL).extracting(Metric::name).doesNotHaveDuplicates();
        assertThat(BenchOptions.parse("--quick", "bulk_vs_jdbc", "open").plans())
                .containsExactly(Plan.BULK, Plan.OPEN);
        assertThat(BenchOptions.parse("--delay", "0.5ms").title()).isEqualTo("delay-0.50ms");
        assertThat(BenchOptions.parse().plans()).contains(Plan.values());
        assertThat(BenchOptions.parse("curves").plans())
                .containsExactly(Plan.TENANT_CURVE, Plan.OPEN_CURVE, Plan.THREAD_CURVE);
        assertThat(BenchOptions.parse("--quick").plans())
                .isEqualTo(BenchOptions.parse("--delay", "1ms").plans())
                .contains(Plan.CONTENTION)
                .noneMatch(Plan::isCurve);
        assertThatThrownBy(() -> BenchOptions.parse("nothing")).hasMessageContaining("no benchmark and no metric");
    }

    @Test
    void resultsGoToAFileAndFromThereIntoThePage() throws Exception {
        Results results = new Results("loopback", Map.of())
                .with(
                        Plan.FIND,
                        new Measured(
                                "2026-01-02T03:04:00Z",
                                new Environment("a machine", "a JVM", "versions"),
                                true,
                                List.of(READ.of(BLOCKS).orElseThrow()),
                                Map.of("jdbc", 100_000.0, "regista read", 140_000.0)));
        results.write(directory.resolve("results"));
        Path page = Files.createDirectories(directory.resolve("docs")).resolve("performance.md");
        Files.writeString(page, "before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n");

        PerformancePage.render(directory.resolve("results"), page.getParent());

        assertThat(page)
                .content()
                .startsWith("before\n<!-- figures -->\n")
                .endsWith("<!-- /figures -->\nafter\n")
                .doesNotContain("old")
                .contains(
                        "| `read_vs_jdbc` | read / JDBC in auto-commit | 1.40 | 1.30 to 1.50 of 2 | ≤ 1.35, **missed** |")
                .contains("images/performance-loopback.svg");
        assertThat(page.resolveSibling("images/performance-loopback.svg"))
                .content()
                .startsWith("<svg")
                .contains("regista read", "140");
        assertThat(results.table()).contains("metric read_vs_jdbc 1.4000\n");
    }

    @Test
    void aRecordingIsReadAsItWasWritten() throws Exception {
        Path file = directory.resolve("recording.tsv");
        System.setProperty(Recording.FILE, file.toString());
        try {
            Recording.add("a", List.of(1.5, 2.0));
            Recording.add("a", List.of(3.0));
        } finally {
            System.clearProperty(Recording.FILE);
        }
        assertThat(Recording.read(file).get("a")).containsExactly(new double[] {1.5, 2.0}, new double[] {3.0});
        assertThat(Recording.read(directory.resolve("none"))).isEmpty();
    }
}
