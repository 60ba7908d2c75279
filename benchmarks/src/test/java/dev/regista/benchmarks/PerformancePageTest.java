package dev.regista.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
    private static final Environment MACHINE = new Environment("a machine", "a JVM", "versions");
    private static final Instant DAY = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path directory;

    private Path results;
    private Path page;

    @BeforeEach
    void write() throws Exception {
        results = directory.resolve("results");
        page = Files.createDirectories(directory.resolve("docs")).resolve("performance.md");
        Files.writeString(page, "before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n");
    }

    @Test
    void everyFigureOfEveryRunIsShownWithItsAim() throws Exception {
        complete("loopback", DAY);
        complete("delay-0.50ms", DAY);

        PerformancePage.render(results, page.getParent());

        String text = Files.readString(page);
        assertThat(text)
                .startsWith("before\n<!-- figures -->\n")
                .endsWith("<!-- /figures -->\nafter\n")
                .doesNotContain("old")
                .containsSubsequence("### On the loopback interface", "### With 0.50 ms more per round trip")
                .contains("On one core: `find`, `tenants`", "a machine. a JVM. versions. 2026-01-02.");
        for (Metric metric : Metric.ALL) {
            assertThat(text.split("\\| `" + metric.name() + "` \\|", -1))
                    .as(metric.name())
                    .hasSize(3);
        }
    }

    @Test
    void aBenchmarkThatIsRunAgainReplacesItsOwnRowsAlone() throws Exception {
        complete("loopback", DAY);
        Map<String, List<double[]>> again = recorded(Plan.FIND);
        again.put("regista read", List.of(new double[] {3e5}));
        keep("loopback", Plan.FIND, again, Instant.parse("2026-02-03T04:05:06Z"));

        PerformancePage.render(results, page.getParent());

        assertThat(page)
                .content()
                .contains(
                        "| `read_vs_jdbc` | read / JDBC in auto-commit | 3.00 | 3.00 to 3.00 of 1 | ≤ 1.35, **missed** |")
                .contains(
                        "| `tenant_vs_plain` | call of a tenant, of 100 / call | 1.00 | 1.00 to 1.00 of 1 | ≤ 1.10, met |")
                .contains("Measured of `find`: a machine. a JVM. versions. 2026-02-03.")
                .containsPattern("Measured of `tenants`, .*: a machine\\. a JVM\\. versions\\. 2026-01-02\\.");
    }

    @Test
    void whatGrowsIsDrawnAndListed() throws Exception {
        Map<String, List<double[]>> recorded = new HashMap<>();
        for (int tenants : List.of(1, 10, 100, 1_000, 10_000)) {
            recorded.put("read @ " + tenants, List.of(new double[] {50_000 + tenants}));
            recorded.put("call @ " + tenants, List.of(new double[] {100_000 + 2.0 * tenants}));
            recorded.put("opening @ " + tenants, List.of(new double[] {5e6 + tenants * 1e3}));
        }
        keep("loopback", Plan.TENANT_CURVE, recorded, DAY);

        PerformancePage.render(results, page.getParent());

        assertThat(page)
                .content()
                .contains("| tenants of the database | call | read |\n| ---: | ---: | ---: |\n| 1 | 100 | 50.00 |\n")
                .contains("| 10,000 | 120 | 60.00 |\n")
                .contains(
                        "(images/performance-loopback-tenants.svg)", "(images/performance-loopback-tenants-open.svg)");
        var chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(page.resolveSibling("images/performance-loopback-tenants.svg")
                        .toFile());
        assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(10);
        assertThat(chart.getDocumentElement().getTextContent())
                .contains("tenants of the database", "time of a unit of work, µs", "10,000", "call", "read");
    }

    /** Everything takes the same time. */
    private void complete(String title, Instant start) throws Exception {
        for (Plan plan : Plan.values()) {
            if (!plan.isCurve()) {
                keep(title, plan, recorded(plan), start);
            }
        }
    }

    private static Map<String, List<double[]>> recorded(Plan plan) {
        Map<String, List<double[]>> recorded = new HashMap<>();
        for (Metric metric : Metric.ALL) {
            if (metric.plan() == plan) {
                recorded.put(metric.over(), List.of(new double[] {1e5}));
                recorded.put(String.valueOf(metric.under()), List.of(new double[] {1e5}));
            }
        }
        return recorded;
    }

    private void keep(String title, Plan plan, Map<String, List<double[]>> recorded, Instant start) throws Exception {
        Results.kept(title, results)
                .with(plan, Measured.of(plan, recorded, MACHINE, plan.isOnOneCore(), start))
                .write(results);
    }
}
