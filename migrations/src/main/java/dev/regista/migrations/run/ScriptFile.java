package dev.regista.migrations.run;

import dev.regista.migrations.run.Migration.Body;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A file with SQL, and what its name says.
 *
 * @param path relative to the folder of the schema's migrations, with slashes
 */
record ScriptFile(String path, String text, boolean isTransactional) {
    private static final Pattern NAME = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)__(.+)\\.sql");
    private static final Pattern HEADER = Pattern.compile("--\\s*regista\\s*:\\s*(.*?)\\s*");
    private static final String NO_TRANSACTION = "no transaction";

    /** Says where a script comes from, and nothing to the runner. */
    private static final String GENERATED = "generated";

    /** Returns what the name says, unless it says nothing. */
    Optional<Matcher> name() {
        Matcher matcher = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    static String description(Matcher name) {
        return name.group(3).replace('_', ' ');
    }

    Body.Sql body() {
        return new Body.Sql(text, isTransactional);
    }

    /** As Flyway: over the lines without their ends, so that a checkout on another system changes nothing. */
    int checksum() {
        CRC32 crc = new CRC32();
        text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    /** Returns what is wrong with the headers of a script, if anything is. */
    static Optional<String> unknownHeader(String text) {
        return headers(text)
                .filter(header -> !header.equals(NO_TRANSACTION) && !header.equals(GENERATED))
                .findFirst()
                .map(header -> "the header '-- regista: " + header + "' is not known; there are: " + NO_TRANSACTION
                        + ", " + GENERATED);
    }

    static boolean saysNoTransaction(String text) {
        return headers(text).anyMatch(NO_TRANSACTION::equals);
    }

    /** Headers are comments before the first line that is none. */
    private static java.util.stream.Stream<String> headers(String text) {
        return text.lines()
                .map(String::strip)
                .takeWhile(line -> line.isEmpty() || line.startsWith("--"))
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }
}
