package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ${..}} in a file becomes, seen in the user of a database, which is no secret. */
class InterpolationTest {
    private final Map<String, String> environment = new LinkedHashMap<>();

    @TempDir
    Path directory;

    @AfterEach
    void clearSystemProperties() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("interpolation."));
    }

    @Test
    void aNameBecomesTheVariable() throws IOException {
        environment.put("DB_USER", "ada");

        assertThat(user("${DB_USER}")).isEqualTo("ada");
    }

    @Test
    void aNameBecomesTheSystemProperty() throws IOException {
        System.setProperty("interpolation.user", "ada");

        assertThat(user("${interpolation.user}")).isEqualTo("ada");
    }

    @Test
    void aNameBecomesTheLineOfDotEnv() throws IOException {
        Path dotEnv = Files.writeString(directory.resolve(".env"), "DB_USER=ada");

        assertThat(user(load("${DB_USER}").envFile(dotEnv))).isEqualTo("ada");
    }

    @Test
    void aNameBecomesAKeyOfTheFile() throws IOException {
        assertThat(user("${names.first}", "names: {first: ada}")).isEqualTo("ada");
    }

    @Test
    void aNameBecomesAnElementOfAListOfTheFile() throws IOException {
        assertThat(user("${names[1]}", "names: [ada, grace]")).isEqualTo("grace");
    }

    @Test
    void aKeyOfTheFileIsReplacedToo() throws IOException {
        environment.put("DB_USER", "ada");

        assertThat(user("${a}!", "a: <${b}>", "b: ${DB_USER}")).isEqualTo("<ada>!");
    }

    @Test
    void aKeyOfTheProfileIsTheOneThatHolds() throws IOException {
        Files.writeString(directory.resolve("regista-prod.yaml"), "names: {first: grace}");

        assertThat(user(load("${names.first}", "names: {first: ada}").profile("prod")))
                .isEqualTo("grace");
    }

    @Test
    void twoNamesInOneTextAreBothReplaced() throws IOException {
        environment.put("A", "ada");
        environment.put("B", "grace");

        assertThat(user("${A}-${B}${A}")).isEqualTo("ada-graceada");
    }

    @Test
    void blanksAroundANameAreNotInIt() throws IOException {
        environment.put("A", "ada");

        assertThat(user("${ A }")).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "${A:ada} > ada",
                "${A:} > ''",
                "${A: } > ' '",
                "${A:jdbc:h2:mem:a;MODE=x} > jdbc:h2:mem:a;MODE=x",
                "${A:${B:ada}} > ada",
                "${A:${B:${C:ada}}x} > adax",
                "${A:a}${B:b} > ab",
                "${A:$x$$} > $x$$",
                "${A:$${x}} > ${x}",
                "${oc.env:A,ada} > ada",
                "${oc.env:A,} > ''",
                "${oc.env:A,a,b:c} > a,b:c",
                "${oc.env:A,${oc.env:B,ada}} > ada"
            })
    void aDefaultStandsInForWhatIsNotSet(String text, String expected) throws IOException {
        assertThat(user(text)).isEqualTo(expected);
    }

    @Test
    void aUrlMayBeADefault() throws IOException {
        environment.put("HOST", "db");
        RegistryLoader loader = load("ada").property("regista.databases.main.url", "jdbc:h2:mem:x");

        assertThat(loader.describe()).contains("main.url = jdbc:h2:mem:x");
        assertThat(user("${URL:jdbc:postgresql://${HOST:localhost}:5432/shop?a=b}"))
                .isEqualTo("jdbc:postgresql://db:5432/shop?a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${A:${NOT_SET}}", "${A:${unterminated and ${ odd}}}", "${A:${a}}", "${oc.env:A,${NOT_SET}}"})
    void theDefaultOfWhatIsSetIsNotLookedAt(String text) throws IOException {
        environment.put("A", "ada");

        assertThat(user(text)).isEqualTo("ada");
    }

    @Test
    void anEmptyVariableIsSet() throws IOException {
        environment.put("A", "");

        assertThat(user("x${A:ada}")).isEqualTo("x");
    }

    @Test
    void theFormOfCoreLibIsTheVariable() throws IOException {
        environment.put("DB_USER", "ada");

        assertThat(user("${oc.env:DB_USER}")).isEqualTo("ada");
        assertThat(user("${oc.env:DB_USER,grace}")).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "$${A} > ${A}",
                "a$${A}b > a${A}b",
                "$${ > ${",
                "pa$$word > pa$$word",
                "a\\$b > a\\$b",
                "p}a{ > p}a{",
                "end$ > end$",
                "$ > $",
                "$A > $A",
                "a\\b > a\\b",
                "$}{$ > $}{$",
                "{A} > {A}"
            })
    void signsThatBeginNoExpressionAreThemselves(String text, String expected) throws IOException {
        environment.put("A", "ada");

        assertThat(user(text)).isEqualTo(expected);
    }

    @Test
    void anEscapeStandsBesideAnExpression() throws IOException {
        environment.put("A", "ada");

        assertThat(user("$${A}${A}$$${A}")).isEqualTo("${A}ada$${A}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOT_SET}", "$${x}", "a${", "pa$$word", "a\\$b", "p}a{", "end$", "\\"})
    void aVariableIsTakenAsItIs(String text) throws IOException {
        environment.put("A", text);

        assertThat(user("${A}")).isEqualTo(text);
    }

    @Test
    void aVariableThatSetsAKeyIsTakenAsItIs() throws IOException {
        environment.put("REGISTA_DATABASES_MAIN_USER", "${NOT_SET}$${x}");

        assertThat(user("grace")).isEqualTo("${NOT_SET}$${x}");
    }

    @Test
    void aLineOfDotEnvIsTakenAsItIs() throws IOException {
        Path dotEnv =
                Files.writeString(directory.resolve(".env"), "REGISTA_DATABASES_MAIN_USER=${NOT_SET}\nA=${NOT_SET}");

        assertThat(user(load("grace").envFile(dotEnv))).isEqualTo("${NOT_SET}");
    }

    @Test
    void aSystemPropertyIsTakenAsItIs() throws IOException {
        System.setProperty("interpolation.user", "${NOT_SET}");

        assertThat(user("${interpolation.user}")).isEqualTo("${NOT_SET}");
    }

    @Test
    void thePropertyOfTheProgramIsTakenAsItIs() throws IOException {
        assertThat(user(load("grace").property("regista.databases.main.user", "${NOT_SET}$${x}")))
                .isEqualTo("${NOT_SET}$${x}");
    }

    @Test
    void aPasswordInAVariableReachesTheDatabaseAsItIs() throws IOException {
        environment.put("DB_PASSWORD", "p${a}s$${s}\\");
        Path file = Files.writeString(directory.resolve("regista.yaml"), """
                regista: {databases: {main: {url: 'jdbc:h2:mem:x', user: ada, password: '${DB_PASSWORD}'}}}
                """);

        assertThat(Regista.load(file).environment(environment).describe())
                .contains("password = ***  (" + file + ":1 from DB_PASSWORD)")
                .doesNotContain("p${a}");
    }

    @Test
    void aNameThatIsNotSetIsReportedWithItsFileLineAndKey() throws IOException {
        assertThat(problems("${NOT_SET}"))
                .containsExactly("regista.yaml:5: regista.databases.main.user refers to 'NOT_SET', which is neither an"
                        + " environment variable, nor in .env, nor a system property, nor a key of the configuration;"
                        + " set it, or write ${NOT_SET:default}");
    }

    @Test
    void aNameThatIsNotSetInTheDefaultIsReported() throws IOException {
        assertThat(problems("${A:${NOT_SET}}")).singleElement().asString().contains("refers to 'NOT_SET'");
    }

    @Test
    void aNameThatIsNotSetInTheFormOfCoreLibIsReported() throws IOException {
        assertThat(problems("${oc.env:NOT_SET}")).singleElement().asString().contains("refers to 'NOT_SET'");
    }

    @Test
    void aKeyThatNobodyReadsMayReferToWhatIsNotSet() throws IOException {
        assertThat(user("ada", "other: ${NOT_SET}")).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${", "${A", "a${A:b", "${A:${B}", "${}", "${:a}", "${A B}", "${A}${", "${oc.env:}", "${A-$}"})
    void anExpressionThatIsNoneIsReportedWithItsLine(String text) throws IOException {
        environment.put("A", "ada");

        assertThat(problems(text))
                .containsExactly("regista.yaml:5: regista.databases.main.user has a ${ that begins no ${NAME} or"
                        + " ${NAME:default}; write $${ for the signs themselves");
    }

    @Test
    void aPasswordThatIsNoExpressionIsNotInTheMessage() throws IOException {
        assertThat(problems("s3cret${s3cret!x}")).singleElement().asString().doesNotContain("s3cret");
    }

    @Test
    void aKeyThatRefersToItselfIsReported() throws IOException {
        assertThat(problems("${regista.databases.main.user}"))
                .containsExactly("regista.yaml:5: regista.databases.main.user refers to itself:"
                        + " regista.databases.main.user -> regista.databases.main.user");
    }

    @Test
    void aKeyThatRefersToItselfOverThreeIsReported() throws IOException {
        assertThat(problems("${a}", "a: ${b}", "b: x${c}", "c: ${a}"))
                .containsExactly("regista.yaml:5: regista.databases.main.user refers to itself: a -> b -> c -> a");
    }

    @Test
    void aKeyThatRefersToItselfInADefaultIsReported() throws IOException {
        assertThat(problems("${NOT_SET:${a}}", "a: ${NOT_SET:${a}}"))
                .singleElement()
                .asString()
                .contains("a -> a");
    }

    @Test
    void oneKeyMayBeReferredToTwice() throws IOException {
        assertThat(user("${a}${b}${a}", "a: ${b}", "b: x")).isEqualTo("xxx");
    }

    @Test
    void aLongChainOfKeysIsReportedWithoutAnOverflow() throws IOException {
        String[] chain = new String[10_000];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = "k" + i + ": ${k" + (i + 1) + ":x}";
        }

        assertThat(problems("${k0}", chain)).singleElement().asString().contains("nested deeper than");
    }

    @Test
    void defaultsInDefaultsAreReportedWithoutAnOverflow() throws IOException {
        assertThat(problems("${A:".repeat(100_000) + "}".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested deeper than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void keysThatMultiplyAreReported(String end) throws IOException {
        String[] keys = new String[40];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "k" + i + ": ${k" + (i + 1) + ":" + end + "}${k" + (i + 1) + ":" + end + "}";
        }

        assertThat(problems("${k0}", keys)).singleElement().asString().contains("nested deeper than");
    }

    @Test
    void describeNamesWhatAValueComesFrom() throws IOException {
        environment.put("A", "ada");

        assertThat(load("${A}${B:x}${oc.env:A}$${C}").describe())
                .contains("main.user = adaxada${C}  (" + directory.resolve("regista.yaml") + ":5 from A, B)");
    }

    @Test
    void namesOfBlocksAreNotReplaced() throws IOException {
        Path file = Files.writeString(
                directory.resolve("regista.yaml"), "regista: {databases: {'${A}': {url: 'jdbc:h2:mem:x'}}}");

        assertThat(Regista.load(file).environment(Map.of("A", "ada")).build().databases())
                .containsKey("${A}");
    }

    private String user(String text, String... lines) throws IOException {
        return user(load(text, lines));
    }

    private static String user(RegistryLoader loader) {
        String start = "regista.databases.main.user = ";
        String line = loader.describe()
                .lines()
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElseThrow();
        return line.substring(start.length(), line.lastIndexOf("  ("));
    }

    private List<String> problems(String text, String... lines) throws IOException {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, load(text, lines)::build);
        assertThat(e).as("an exception").isNotNull();
        return e.problems().stream()
                .map(problem -> problem.replace(directory + "/", ""))
                .toList();
    }

    private RegistryLoader load(String text, String... lines) throws IOException {
        Path file = Files.writeString(
                directory.resolve("regista.yaml"), """
                regista:
                  databases:
                    main:
                      url: jdbc:h2:mem:shop
                      user: '%s'
                """.formatted(text.replace("'", "''")) + String.join("\n", lines));
        return Regista.load(file).environment(environment);
    }
}
