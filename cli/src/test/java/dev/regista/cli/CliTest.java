package dev.regista.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.regista.cli.Shell.Result;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands print and how they exit, on H2. */
@ExtendWith(LeakChecker.class)
class CliTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() throws IOException {
        shell = new Shell(folder);
        Files.createDirectories(folder.resolve("db/main/tenant"));
        // Without tenants, most commands need no Hibernate, which takes most of the time.
        models("Book");
    }

    private void models(String... names) throws IOException {
        List<String> classes = new ArrayList<>();
        for (String name : names) {
            classes.add("dev.regista.cli.Models$" + name);
        }
        configure("      models: " + classes);
    }

    private void configure(String... options) throws IOException {
        Files.writeString(
                folder.resolve("regista.yaml"),
                """
                regista:
                  migrations: {locations: "filesystem:db"}
                  databases:
                    main:
                      url: "jdbc:h2:%s"
                """.formatted(folder.resolve("app")) + String.join("\n", options) + "\n");
    }

    private Result ok(String... arguments) {
        Result result = shell.run(arguments);
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.err()).isEmpty();
        return result;
    }

    private Result failed(String... arguments) {
        Result result = shell.run(arguments);
        assertThat(result.code()).as(result.all()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("\tat ");
        return result;
    }

    private void write(String path, String sql) throws IOException {
        Files.writeString(folder.resolve("db/main").resolve(path), sql);
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(helpOf(Cli.of(shell), List.of())).isGreaterThan(20);
    }

    private int helpOf(CommandLine line, List<String> path) {
        List<String> arguments = new ArrayList<>(path);
        arguments.add("--help");
        String help = ok(arguments.toArray(new String[0])).out();
        assertThat(help).contains("Usage: regista", "Exit codes:", "--json");
        int count = 1;
        for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
            if (!each.getKey().equals("generate-completion")) {
                List<String> below = new ArrayList<>(path);
                below.add(each.getKey());
                count += helpOf(each.getValue(), below);
            }
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "migrat",
                "migrate --jsn",
                "migrate banana",
                "fleet",
                "tenants crate",
                "show",
                "current --tenant acme --shared",
                "migrate --connections many",
                "makemigrations --default nothing"
            })
    void wrongUseIsTwo(String arguments) {
        Result result = shell.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("error: ").contains("--help'").doesNotContain("\tat ");
    }

    @Test
    void whatIsNotThereIsOneAndSaysSo() throws IOException {
        assertThat(failed("current", "-c", "other.yaml").err())
                .contains("other.yaml")
                .contains("no such file");
        assertThat(failed("current", "--database", "mian").err()).contains("'mian'", "main");
        assertThat(failed("current", "--tenant", "nobody").err()).contains("'nobody'");
        assertThat(failed("current", "-cp", "nowhere").err()).contains("'nowhere'");
        assertThat(failed("show", "7").err()).contains("'7'");
        assertThat(failed("edit", "7").err()).contains("EDITOR");
        configure("      urls: x");
        assertThat(failed("config").err()).contains("regista.yaml:6").contains("urls");
    }

    @Test
    void verboseShowsWhere() {
        Result result = shell.run("current", "--verbose", "--database", "mian");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("UnknownDatabaseException").contains("\tat ");
    }

    @Test
    void initOverwritesNothing() throws IOException {
        String before = Files.readString(folder.resolve("regista.yaml"));

        assertThat(failed("init").err()).contains("regista.yaml is there already");
        assertThat(folder.resolve("regista.yaml")).hasContent(before.strip());
        assertThat(ok("init", "-c", "new/regista.yaml", "--migrations", "new/db", "--models", "a.b.C")
                        .out())
                .contains("wrote new/regista.yaml", "wrote new/db/main");
        assertThat(folder.resolve("new/regista.yaml")).content().contains("models: [a.b.C]", "filesystem:new/db");
        assertThat(failed("init", "-c", "x.yaml", "--models", "a]: b").err()).contains("names no classes");
    }

    @Test
    void anotherFolderIsAsIfStartedThere() {
        Shell elsewhere = new Shell(folder.getParent());

        Result result = elsewhere.run("-C", folder.getFileName().toString(), "revision", "by hand");

        assertThat(result.all()).startsWith("wrote db/main/V");
        assertThat(result.code()).isZero();
    }

    @Test
    void fromEmptyToHeadAndBack() throws IOException {
        models("Book", "Loan");
        assertThat(failed("downgrade").err()).contains("at base");
        assertThat(ok("makemigrations", "--version-number", "1").out())
                .contains("wrote db/main/V1__change.sql", "wrote db/main/tenant/U1__change.sql");
        assertThat(failed("makemigrations").err()).contains("V1__change.sql");
        assertThat(ok("migrate", "--sql").out()).contains("create table book").contains("flyway_schema_history");
        assertThat(ok("current").out()).contains("base").contains("1 pending");
        assertThat(failed("migrate", "5").err() + failed("migrate", "5").out()).contains("'5'");
        ok("migrate");
        assertThat(ok("migrate").out()).contains("Nothing to do.");
        assertThat(ok("makemigrations").out()).contains("No changes.");
        assertThat(ok("tenants", "create", "acme").out()).contains("created acme");
        assertThat(ok("current", "--tenants").out()).containsPattern("main +acme +1 +head");
        assertThat(ok("heads").out()).containsPattern("main +tenants +1 +change");
        assertThat(ok("show", "head", "--database", "main").out()).contains("drop table book");
        assertThat(ok("branches").out()).contains("none");
        assertThat(ok("repair").out()).contains("Nothing to repair");
        assertThat(ok("check").out()).contains("2 schemas are at head");
        ok("downgrade", "base");
        assertThat(ok("history", "--tenant", "acme").out())
                .contains("taken back")
                .contains("applied");
        assertThat(ok("stamp", "1", "--shared").out()).contains("1 done");
        assertThat(failed("tenants", "drop", "acme").err()).contains("--yes");
        assertThat(shell.questions()).singleElement().asString().contains("'acme'");
        ok("tenants", "drop", "acme", "--yes");
        assertThat(ok("tenants", "list").out()).doesNotContain("acme");
    }

    @Test
    void somebodyAtATerminalIsAskedWhetherAColumnWasRenamed() throws IOException {
        models("Book");
        ok("makemigrations", "--version-number", "1");
        ok("migrate");
        models("RenamedBook");

        assertThat(failed("makemigrations", "--version-number", "2").err())
                .contains("refused: BOOK.TITLE")
                .contains("--allow-drop")
                .contains("--rename BOOK.TITLE=BOOK.FULL_TITLE");
        assertThat(failed("makemigrations", "--json").out()).contains("\"errors\"");
        assertThat(folder.resolve("db/main/V2__change.sql")).doesNotExist();
        shell.terminal(true);
        assertThat(ok("makemigrations", "--version-number", "2").out()).contains("wrote");
        assertThat(shell.questions()).last().asString().isEqualTo("Was BOOK.TITLE renamed to BOOK.FULL_TITLE?");
        assertThat(folder.resolve("db/main/V2__change.sql"))
                .content()
                .containsIgnoringCase("alter table book alter column title rename to full_title");
        assertThat(ok("migrate").out()).contains("[##############################] 1/1");
    }

    @Test
    void aTenantThatFailsStopsNoOther() throws IOException {
        models("Book", "Loan");
        write("tenant/V1__thing.sql", "create table thing (id int)");
        write("tenant/V2__use.sql", "insert into thing values (1)");
        ok("tenants", "create", "acme", "globex");
        assertThat(ok("fleet", "status").out()).containsPattern("main +tenants +2 +0 +2 +acme, globex");
        write("tenant/V3__bad.sql", "insert into only_acme values (1)");
        write("tenant/V4__good.sql", "insert into thing values (2)");
        shell.run("migrate");

        Result result = failed("migrate");

        assertThat(result.out())
                .contains("main/acme: failed: ")
                .contains("main/globex: failed: ")
                .contains("V3__bad.sql");
        assertThat(failed("fleet", "status").out()).containsPattern("main +tenants +2 +2 +2");
        assertThat(failed("doctor").out()).contains("wrong main").contains("V3__bad.sql");
        assertThat(failed("check", "--no-models").out()).contains("problem: ");
        assertThat(failed("migrate", "--stop-after", "1", "--connections", "1", "--json")
                        .out())
                .contains("\"failed\"", "\"skipped\"");
        assertThat(ok("repair").out()).contains("repaired: ");
    }

    @Test
    void lateMigrationsAreBranches() throws IOException {
        write("V2__two.sql", "create table two (id int)");
        ok("migrate", "--shared");
        write("V1__one.sql", "create table one (id int)");

        assertThat(ok("branches").out()).containsPattern("main +- +1 +one +2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "makemigrations --dry-run",
                "migrate --sql",
                "current",
                "history",
                "heads",
                "branches",
                "check",
                "fleet status",
                "tenants list",
                "databases",
                "doctor",
                "config"
            })
    void everyReportIsJsonOnRequest(String command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--json");

        Result result = shell.run(arguments.toArray(new String[0]));

        assertThat(result.code()).as(result.all()).isEqualTo(command.equals("check") ? 1 : 0);
        try (JsonParser json = new JsonFactory().createParser(result.out())) {
            assertThat(json.nextToken().isStructStart()).isTrue();
            json.skipChildren();
            assertThat(json.nextToken()).isNull();
        }
    }

    @Test
    void noSecretIsPrinted() throws IOException {
        int port = freePort();
        configure(
                "      user: sa",
                "    other:",
                "      url: postgresql://joe:hunter2@127.0.0.1:" + port + "/shop?sslpassword=hunter2",
                "      connect-timeout: 2s",
                "    third:",
                "      url: jdbc:postgresql://127.0.0.1:" + port + "/shop",
                "      user: joe",
                "      password: hunter2",
                "      required: false",
                "      connect-timeout: 2s");

        for (String command : List.of("config", "databases", "doctor", "current")) {
            for (String option : List.of("--json", "--verbose")) {
                assertThat(shell.run(command, option).all())
                        .doesNotContain("hunter2")
                        .isNotEmpty();
            }
        }
        Result doctor = failed("doctor");
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out())
                .contains("ok    main: connected: H2")
                .contains("wrong other: ")
                .contains("wrong third: ")
                .contains("it is not required")
                .contains("nothing listens there");
        assertThat(ok("current", "--database", "main").out()).contains("base");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void openingCreatesAndMigratesNothing() throws IOException {
        write("V1__one.sql", "create table one (id int)");
        configure(
                "      models: dev.regista.cli.Models$Book",
                "      create-tables: true",
                "      on-open: dev.regista.migrations.MigrateOnOpen");

        assertThat(ok("current").out()).contains("1 pending");
        assertThat(ok("migrate").out()).contains("+1 one");
        assertThat(ok("makemigrations", "--dry-run").out()).contains("create table book");
    }

    @Test
    void shellsCanComplete() {
        assertThat(ok("generate-completion").out()).contains("makemigrations", "--stop-after", "complete");
    }
}
