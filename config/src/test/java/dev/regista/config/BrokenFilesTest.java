package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that cannot work, and word for word what each of them prints. */
class BrokenFilesTest {
    @TempDir
    Path directory;

    record Broken(String what, String yaml, List<String> problems) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Broken broken(String what, String yaml, String... problems) {
        return new Broken(what, yaml, List.of(problems));
    }

    static Stream<Broken> files() {
        return Stream.of(
                broken(
                        "unknown key",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              log-querys: true
                        """,
                        "regista.yaml:5: regista.databases.main.log-querys is not an option here; did you mean "
                                + "'log-queries'?"),
                broken(
                        "unknown key in a block",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              pool:
                                sise: 5
                        """,
                        "regista.yaml:6: regista.databases.main.pool.sise is not an option here; did you mean "
                                + "'pool.size'?"),
                broken(
                        "number as text",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              pool: {size: ten}
                        """,
                        "regista.yaml:5: regista.databases.main.pool.size must be a whole number, such as 10, not a "
                                + "text of 3 characters (letters)"),
                broken(
                        "number as list",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              batch-size: [1, 2]
                        """,
                        "regista.yaml:5: regista.databases.main.batch-size must be a whole number, not a list"),
                broken(
                        "block as number",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              pool: 5
                        """,
                        "regista.yaml:5: regista.databases.main.pool must be a block of: idle-timeout, max-lifetime, "
                                + "min-idle, overflow, pre-ping, size, wait-limit"),
                broken(
                        "duration",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              connect-timeout: 5 parsecs
                        """,
                        "regista.yaml:5: regista.databases.main.connect-timeout must be a duration, such as 30s, not a "
                                + "text of 9 characters (letters, digits, other signs)"),
                broken(
                        "choice",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              isolation: strict
                        """,
                        "regista.yaml:5: regista.databases.main.isolation must be one of read-uncommitted, "
                                + "read-committed, repeatable-read, serializable, not a text of 6 characters (letters)"),
                broken(
                        "value out of range",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              pool: {size: 0, wait-limit: 1ms}
                        """,
                        "regista.yaml:3: regista.databases.main: the pool size must be at least 1, not 0",
                        "regista.yaml:3: regista.databases.main: the pool's wait limit must be at least PT0.25S, not "
                                + "PT0.001S"),
                broken(
                        "missing variable",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:postgresql://${SHOP_HOST}/shop
                        """,
                        "regista.yaml:4: regista.databases.main.url refers to 'SHOP_HOST', which is neither an "
                                + "environment variable, nor in .env, nor a system property, nor a key of the configuration; set "
                                + "it, or write ${SHOP_HOST:default}"),
                broken(
                        "cyclic reference",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:${a}
                        a: ${b}
                        b: ${a}
                        """,
                        "regista.yaml:4: regista.databases.main.url refers to itself: a -> b -> a"),
                broken(
                        "two defaults",
                        """
                        regista:
                          databases:
                            one:
                              url: jdbc:h2:mem:one
                              default: true
                            two:
                              url: jdbc:h2:mem:two
                              default: true
                        """,
                        "regista.yaml:3: regista.databases.one is one of 2 databases that are the default; keep one",
                        "regista.yaml:6: regista.databases.two is one of 2 databases that are the default; keep one"),
                broken(
                        "no default",
                        """
                        regista:
                          databases:
                            one: {url: "jdbc:h2:mem:one"}
                            two: {url: "jdbc:h2:mem:two"}
                        """,
                        "regista.yaml:2: regista.databases has no main database: name one 'main', or say 'default: "
                                + "true' in one of one, two"),
                broken(
                        "unknown kind",
                        """
                        regista:
                          databases:
                            main:
                              kind: sqll
                              url: jdbc:h2:mem:shop
                        """,
                        "regista.yaml:4: regista.databases.main.kind is neither a kind of database nor a class that is "
                                + "one: 'sqll'; did you mean 'sql'?"),
                broken(
                        "kind that is no kind",
                        """
                        regista:
                          databases:
                            main:
                              kind: java.lang.String
                        """,
                        "regista.yaml:4: regista.databases.main.kind must name a class that implements "
                                + "dev.regista.spi.config.DatabaseKind; java.lang.String does not"),
                broken(
                        "no kind",
                        """
                        regista:
                          databases:
                            main:
                              pool: {size: 3}
                        """,
                        "regista.yaml:3: regista.databases.main has neither a kind nor a url that implies one; there "
                                + "are the kinds: sql"),
                broken(
                        "url of an unknown scheme",
                        """
                        regista:
                          databases:
                            main:
                              url: gopher://ada:s3cret@localhost/shop
                        """,
                        "regista.yaml:3: regista.databases.main has a url that implies no kind of database that is on "
                                + "the class path; there are the kinds: sql"),
                broken(
                        "text that is no url",
                        """
                        regista:
                          databases:
                            main:
                              kind: sql
                              url: shop
                        """,
                        "regista.yaml:5: regista.databases.main.url must be a URL, such as jdbc:postgresql://host/name, "
                                + "not a text of 4 characters (letters)"),
                broken(
                        "class that is not on the class path",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              models:
                                - dev.regista.config.User
                                - com.example.Customer
                        """,
                        "regista.yaml:7: regista.databases.main.models[1] names neither a class on the class path nor a "
                                + "package with models in it: 'com.example.Customer'"),
                broken(
                        "two models of one name",
                        """
                        regista:
                          databases:
                            main: {url: "jdbc:h2:mem:one", models: dev.regista.config.User}
                            other: {url: "jdbc:h2:mem:two", models: [dev.regista.namesakes.User]}
                        """,
                        "regista.yaml:4: regista.databases.other has the model dev.regista.namesakes.User, whose name "
                                + "'User' is that of dev.regista.config.User in 'main'"),
                broken(
                        "model in two databases",
                        """
                        regista:
                          databases:
                            main: {url: "jdbc:h2:mem:one", models: dev.regista.config.User}
                            other: {url: "jdbc:h2:mem:two", models: [dev.regista.config.User]}
                        """,
                        "regista.yaml:4: regista.databases.other has the model dev.regista.config.User, which 'main' "
                                + "has too"),
                broken(
                        "password without user",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:postgresql://localhost/shop
                              password: s3cret
                        """,
                        "regista.yaml:3: regista.databases.main: there is a password, but no user"),
                broken(
                        "password twice",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:postgresql://localhost/shop
                              user: ada
                              password: s3cret
                              password-file: /run/secrets/shop
                        """,
                        "regista.yaml:6: regista.databases.main has more than one of password, password-file and "
                                + "password-from; keep one"),
                broken(
                        "file of a password that is not there",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:postgresql://localhost/shop
                              user: ada
                              password-file: /nowhere/shop
                        """,
                        "regista.yaml:6: regista.databases.main.password-file must name a file that can be read, not "
                                + "'/nowhere/shop'"),
                broken(
                        "url and data source",
                        """
                        regista:
                          databases:
                            main:
                              kind: sql
                        """,
                        "regista.yaml:3: regista.databases.main: it needs a url or a data-source, one of them"),
                broken(
                        "unknown field of a url",
                        """
                        regista:
                          databases:
                            main:
                              url: {protocol: postgresql, hots: localhost, path: shop}
                        """,
                        "regista.yaml:4: regista.databases.main.url.hots is not an option here; did you mean 'host'?"),
                broken("url without scheme", """
                        regista:
                          databases:
                            main:
                              kind: sql
                              url: {host: localhost}
                        """, "regista.yaml:5: regista.databases.main.url has no scheme"),
                broken(
                        "databases as list",
                        """
                        regista:
                          databases:
                            - url: jdbc:h2:mem:shop
                        """,
                        "regista.yaml:2: regista.databases must be a block of named databases, not a list"),
                broken("no databases", """
                        regista:
                          schema: shop
                        """, "regista.yaml:1: regista has no databases"),
                broken(
                        "hook that is no hook",
                        """
                        regista:
                          on-open: dev.regista.config.User
                          databases:
                            main: {url: "jdbc:h2:mem:shop"}
                        """,
                        "regista.yaml:2: regista.on-open must name a class that implements dev.regista.spi.config.Kind "
                                + "or dev.regista.callback.Hook; dev.regista.config.User does not"),
                broken(
                        "reserved property of hibernate",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              hibernate-properties: {hibernate.hbm2ddl.auto: update}
                        """,
                        "regista.yaml:3: regista.databases.main: the Hibernate property hibernate.hbm2ddl.auto is not "
                                + "for Hibernate to decide here; set it on the builder"),
                broken("key twice", """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              url: jdbc:h2:mem:other
                        """, "regista.yaml:5: regista.databases.main.url is there twice"),
                broken(
                        "tab",
                        "regista:\n  databases:\n\tmain:\n\t\turl: jdbc:h2:mem:shop\n",
                        "regista.yaml:3: is not YAML: a tab begins something here; indent with blanks"),
                broken(
                        "bad indentation",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                             user: ada
                        """,
                        "regista.yaml:5: is not YAML: expected <block end>, but found '<block mapping start>' while "
                                + "parsing a block mapping that begins in line 3"),
                broken(
                        "colon at the end",
                        """
                        regista:
                          databases:
                            main:
                              url: jdbc:sqlite::memory:
                        """,
                        "regista.yaml:4: is not YAML: a text with a colon at its end, or before a blank, must be in"
                                + " quotes"),
                broken(
                        "unclosed quote",
                        """
                        regista:
                          databases:
                            main:
                              password: "s3cret
                        """,
                        "regista.yaml:5: is not YAML: found unexpected end of stream while scanning a quoted scalar "
                                + "that begins in line 4"),
                broken(
                        "unknown alias",
                        """
                        regista:
                          databases:
                            main:
                              password: *s3cret
                        """,
                        "regista.yaml:4: is not YAML: a text that begins with a sign like * & ! | > % @ ` must be in "
                                + "quotes"),
                broken(
                        "two documents",
                        """
                        regista: {databases: {main: {url: "jdbc:h2:mem:shop"}}}
                        ---
                        regista: {databases: {main: {url: "jdbc:h2:mem:other"}}}
                        """,
                        "regista.yaml:3: a second document begins here; a configuration is one document"),
                broken("other prefix", """
                        registra:
                          databases:
                            main: {url: "jdbc:h2:mem:shop"}
                        """, "regista.yaml: there is no 'regista'; at the top there are: registra"),
                broken("nothing", "", "regista.yaml: there is no 'regista'"),
                broken("a list", "- a\n- b\n", "regista.yaml:1: must be names and values, not a list"),
                broken("only a text", "s3cret\n", "regista.yaml:1: must be names and values, not one text"),
                broken(
                        "several at once",
                        """
                        regista:
                          shema: shop
                          databases:
                            main:
                              url: jdbc:h2:mem:shop
                              requierd: no
                              batch-size: many
                            other:
                              kind: neo5j
                        """,
                        "regista.yaml:2: regista.shema is not an option here; did you mean 'schema'?",
                        "regista.yaml:6: regista.databases.main.requierd is not an option here; did you mean 'required'?",
                        "regista.yaml:7: regista.databases.main.batch-size must be a whole number, such as 10, not a "
                                + "text of 4 characters (letters)",
                        "regista.yaml:9: regista.databases.other.kind is neither a kind of database nor a class that is "
                                + "one: 'neo5j'; there are: sql"),
                broken(
                        "tag",
                        """
                        regista:
                          databases:
                            main:
                              url: !!javax.script.ScriptEngineManager [jdbc:h2:mem:shop]
                        """,
                        "regista.yaml:4: is not YAML: a text that begins with a sign like * & ! | > % @ ` must be in "
                                + "quotes"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachPrintsWhatIsWrong(Broken file) throws IOException {
        ConfigurationException e = load(file.yaml);

        assertThat(e.problems())
                .map(problem -> problem.replace(directory + "/", ""))
                .containsExactlyElementsOf(file.problems);
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void tenMegabytesOfNestingAreRefusedUnread() throws IOException {
        assertThat(load("[".repeat(10 << 20)).problems())
                .singleElement()
                .asString()
                .endsWith("is larger than a configuration can be (1048576 characters)");
    }

    @Test
    void aMegabyteOfNestingEndsWithoutAnOverflow() throws IOException {
        assertThat(load("{a: ".repeat(200_000)).problems())
                .singleElement()
                .asString()
                .endsWith("blocks nested deeper than 50, or more than 20000 values");
    }

    @Test
    void aliasesThatMultiplyAreRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            String alias = "*a" + (level - 1);
            yaml.append("a%d: &a%d [%s]\n".formatted(level, level, String.join(", ", Collections.nCopies(5, alias))));
        }

        assertThat(load(yaml.toString()).problems())
                .singleElement()
                .asString()
                .contains("is not YAML that can be read here");
    }

    @Test
    void anAliasOfTheBlockAroundItIsRefused() throws IOException {
        assertThat(load("regista: &r {databases: {main: *r}}").problems())
                .singleElement()
                .asString()
                .contains("is not YAML that can be read here");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file =
                Files.write(directory.resolve("regista.yaml"), new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});

        assertThatThrownBy(() -> Regista.load(file).build()).hasMessage(file + ": is not text in UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsNamedWithItsFolder() {
        Path file = directory.resolve("regista.yml");

        assertThatThrownBy(() -> Regista.load(file).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": there is no such file (in " + directory + ")");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> Regista.load(directory).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(directory + ": cannot be read");
    }

    private ConfigurationException load(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("regista.yaml"), yaml);
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class,
                () -> Regista.load(file).environment(Map.of()).build());
        assertThat(e).as("an exception").isNotNull();
        return e;
    }
}
