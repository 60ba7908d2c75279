package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that a {@code .env} file may have. */
class DotEnvTest {
    @TempDir
    Path directory;

    @Test
    void aLineIsANameAndAValue() {
        assertThat(read("NAME=value", "other_2=x")).containsOnly(Map.entry("NAME", "value"), Map.entry("other_2", "x"));
    }

    @Test
    void blankLinesAndCommentsAreNothing() {
        assertThat(read("", "   ", "# NAME=value", "  # comment", "#")).isEmpty();
    }

    @Test
    void exportMayStandBeforeTheName() {
        assertThat(read("export NAME=value", "  export\tOTHER=x"))
                .containsOnly(Map.entry("NAME", "value"), Map.entry("OTHER", "x"));
    }

    @Test
    void aNameMayBeginWithExport() {
        assertThat(read("exported=yes", "export=no"))
                .containsOnly(Map.entry("exported", "yes"), Map.entry("export", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME=value", "NAME = value", "  NAME=  value  ", "NAME=value # comment", "NAME=value\t#c"})
    void blanksAroundAndACommentAreNotInTheValue(String line) {
        assertThat(value(line)).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME=", "NAME=  ", "NAME=''", "NAME=\"\"", "NAME= # comment"})
    void aValueMayBeEmpty(String line) {
        assertThat(value(line)).isEmpty();
    }

    @Test
    void anEqualsSignMayBeInTheValue() {
        assertThat(value("NAME=a=b==")).isEqualTo("a=b==");
    }

    @Test
    void aNumberSignWithoutABlankBeforeItIsInTheValue() {
        assertThat(value("NAME=pass#word")).isEqualTo("pass#word");
    }

    @Test
    void aNumberSignAtTheBeginningIsInTheValue() {
        assertThat(value("NAME=#s3cret # comment")).isEqualTo("#s3cret");
    }

    @Test
    void aQuoteInTheMiddleIsItself() {
        assertThat(value("NAME=it's \"this\"")).isEqualTo("it's \"this\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME='a # \\n\\' # c", "NAME= 'a # \\n\\'", "NAME='a # \\n\\'  "})
    void nothingIsSpecialBetweenSingleQuotes(String line) {
        assertThat(value(line)).isEqualTo("a # \\n\\");
    }

    @Test
    void doubleQuotesKeepBlanksAndNumberSigns() {
        assertThat(value("NAME=\" a # b \" # comment")).isEqualTo(" a # b ");
    }

    @Test
    void aBackslashEscapesAQuoteABackslashAndANewLine() {
        assertThat(value("NAME=\"a\\\"b\\\\c\\nd\"")).isEqualTo("a\"b\\c\nd");
    }

    @Test
    void anEscapedBackslashBeforeAnNIsNoNewLine() {
        assertThat(value("NAME=\"a\\\\nb\"")).isEqualTo("a\\nb");
    }

    @Test
    void aBackslashBeforeAnythingElseIsItself() {
        assertThat(value("NAME=\"a\\$b\\d\"")).isEqualTo("a\\$b\\d");
    }

    @Test
    void aBackslashWithoutQuotesIsItself() {
        assertThat(value("NAME=a\\$b\\n")).isEqualTo("a\\$b\\n");
    }

    @Test
    void bracesAndDollarSignsAreThemselves() {
        assertThat(value("NAME=\"${OTHER}p}a{$\"")).isEqualTo("${OTHER}p}a{$");
    }

    @Test
    void theLaterOfTwoLinesHolds() {
        assertThat(value("NAME=a", "NAME=b")).isEqualTo("b");
    }

    @Test
    void aLongValueIsRead() {
        String text = "certificate ".repeat(10_000);

        assertThat(value("NAME=\"" + text + "\"")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "1NAME=s3cret",
                "=s3cret",
                "NAME: s3cret",
                "a b=s3cret",
                "NAME='s3cret",
                "NAME=\"s3cret",
                "NAME= 's3cret",
                "NAME=\"s3cret\\\"",
                "NAME='s3cret'x"
            })
    void aMalformedLineIsReportedByItsNumberWithoutItsText(String line) {
        Problems problems = new Problems();

        DotEnv.read(".env", List.of("NAME=value", "", line), problems);

        assertThatThrownBy(problems::throwIfAny).hasMessage(".env:3: is not a line of the form NAME=value");
    }

    @Test
    void allMalformedLinesAreReported() {
        Problems problems = new Problems();

        assertThat(DotEnv.read(".env", List.of("x", "NAME=value", "y"), problems))
                .containsKey("NAME");
        assertThat(problems.count()).isEqualTo(2);
    }

    @Test
    void aFileMayHaveAByteOrderMarkAndLineEndsOfWindows() throws IOException {
        RegistryLoader loader = load("\uFEFFDB_USER=ada\r\nDB_PASSWORD=s3cret\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(loader.describe()).contains("user = ada ");
    }

    @Test
    void aFileMayHaveLettersOfAnyLanguage() throws IOException {
        RegistryLoader loader = load("DB_USER=müşteri\nDB_PASSWORD=ığ".getBytes(StandardCharsets.UTF_8));

        assertThat(loader.describe()).contains("user = müşteri ");
    }

    @Test
    void aFileThatIsNotUtf8IsAnErrorWithoutItsText() throws IOException {
        RegistryLoader loader = load(new byte[] {'D', 'B', '_', 'U', 'S', 'E', 'R', '=', (byte) 0xC3, '('});

        assertThat(problems(loader))
                .containsExactly(
                        directory.resolve("my.env") + ": cannot be read as text:" + " MalformedInputException");
    }

    @Test
    void aFileThatIsNotThereIsAnErrorIfItWasNamed() throws IOException {
        RegistryLoader loader = load(new byte[0]).envFile(directory.resolve("other.env"));

        assertThat(problems(loader)).contains(directory.resolve("other.env") + ": there is no such file");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        assertThat(problems(load(new byte[0]).envFile(directory)))
                .anySatisfy(problem -> assertThat(problem).startsWith(directory + ": cannot be read as text"));
    }

    private RegistryLoader load(byte[] dotEnv) throws IOException {
        Path file = Files.writeString(directory.resolve("regista.yaml"), """
                regista: {databases: {main: {url: 'jdbc:h2:mem:shop', user: '${DB_USER}', password: '${DB_PASSWORD}'}}}
                """);
        return Regista.load(file).environment(Map.of()).envFile(Files.write(directory.resolve("my.env"), dotEnv));
    }

    private static List<String> problems(RegistryLoader loader) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, loader::build);
        assertThat(e).as("an exception").isNotNull();
        return e.problems();
    }

    private static String value(String... lines) {
        Map<String, String> values = read(lines);
        assertThat(values).containsOnlyKeys("NAME");
        return values.get("NAME");
    }

    private static Map<String, String> read(String... lines) {
        Problems problems = new Problems();
        Map<String, String> values = DotEnv.read(".env", List.of(lines), problems);
        problems.throwIfAny();
        return values;
    }
}
