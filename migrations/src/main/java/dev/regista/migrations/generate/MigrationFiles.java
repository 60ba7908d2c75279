package dev.regista.migrations.generate;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Migrations as files: {@code V<timestamp>__<name>.sql} leads up, {@code U<timestamp>__<name>.sql} back down. Each begins with
 * a line that says that it was generated; one that must not be run in a transaction has a line
 * {@value #NO_TRANSACTION} too. Text is in UTF-8, lines end with a line feed on all systems.
 */
public final class MigrationFiles {
    /** A line that each file has that was generated. */
    public static final String GENERATED = "-- regista: generated";

    /** A line in a file that must not be run in a transaction. */
    public static final String NO_TRANSACTION = "-- regista: no transaction";

    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");
    private static final Pattern FILE = Pattern.compile("V(\\d+)__.*\\.sql");

    private MigrationFiles() {}

    /**
     * Writes a migration, and the one to be run after it with a timestamp that is greater by one. Writes nothing for a
     * migration with nothing to do.
     *
     * @param directory where to; created if it is not there
     * @param timestamp its version, such as 20260131120000; digits
     * @param name what it does; spaces become underscores
     * @param migration what to write
     * @return the files that were written
     * @throws IllegalArgumentException if timestamp or name cannot be those of a migration
     * @throws IOException if a file is there already, or cannot be written
     */
    public static List<Path> write(Path directory, String timestamp, String name, Migration migration)
            throws IOException {
        String file = fileName(timestamp, name);
        List<Path> written = new ArrayList<>();
        Files.createDirectories(directory);
        String next = timestamp;
        if (!migration.up().isEmpty()) {
            written.add(write(directory.resolve("V" + timestamp + "__" + file + ".sql"), migration.up(), migration));
            written.add(write(directory.resolve("U" + timestamp + "__" + file + ".sql"), migration.down(), migration));
            next = next(timestamp);
        }
        if (migration.afterwards().isPresent()) {
            written.addAll(write(
                    directory,
                    next,
                    file + "_afterwards",
                    migration.afterwards().get()));
        }
        return written;
    }

    /**
     * Writes a pair of files to be filled by hand.
     *
     * @param directory where to; created if it is not there
     * @param timestamp its version; digits
     * @param name what it does; spaces become underscores
     * @return the two files
     * @throws IllegalArgumentException if timestamp or name cannot be those of a migration
     * @throws IOException if a file is there already, or cannot be written
     */
    public static List<Path> writeEmpty(Path directory, String timestamp, String name) throws IOException {
        String file = fileName(timestamp, name);
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        for (String direction : List.of("V", "U")) {
            String comment =
                    direction.equals("V") ? "-- " + name.strip() + "\n" : "-- takes back: " + name.strip() + "\n";
            Path path = directory.resolve(direction + timestamp + "__" + file + ".sql");
            written.add(Files.writeString(path, comment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }
        return written;
    }

    private static String fileName(String timestamp, String name) {
        String file = name.strip().replaceAll("\\s+", "_");
        if (!VERSION.matcher(timestamp).matches()) {
            throw new IllegalArgumentException("A timestamp has 1 to 18 digits, not '" + timestamp + "'");
        }
        if (!file.matches("[\\p{L}\\p{N}_-]+")) {
            throw new IllegalArgumentException(
                    "The name of a migration has letters, digits, spaces, '_' and '-', and not '" + name + "'");
        }
        return file;
    }

    private static String next(String timestamp) {
        String next = new BigInteger(timestamp).add(BigInteger.ONE).toString();
        return "0".repeat(Math.max(0, timestamp.length() - next.length())) + next;
    }

    private static Path write(Path file, List<String> statements, Migration migration) throws IOException {
        StringBuilder text = new StringBuilder(GENERATED).append('\n');
        if (!migration.transactional()) {
            text.append(NO_TRANSACTION).append('\n');
        }
        migration
                .warnings()
                .forEach(warning -> text.append("-- ").append(oneLine(warning)).append('\n'));
        statements.forEach(sql -> text.append('\n').append(sql).append(";\n"));
        return Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /**
     * Returns the tables and sequences that the generated migrations of a directory leave, whatever the models are now: what
     * earlier models had. What scripts written by hand create is not among them.
     *
     * @param directory where the migrations are; need not be there
     * @throws IOException if a file cannot be read
     * @see GeneratorOptions.Builder#owned
     */
    public static Set<String> owned(Path directory) throws IOException {
        Set<String> owned = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Path file : migrations(directory)) {
            String text = Files.readString(file);
            if (text.lines().anyMatch(GENERATED::equals)) {
                text.lines().forEach(line -> follow(SqlText.of(line).words(), owned));
            }
        }
        return owned;
    }

    private static List<Path> migrations(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> FILE.matcher(name(file)).matches())
                    .sorted(Comparator.comparing(MigrationFiles::version).thenComparing(MigrationFiles::name))
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static BigInteger version(Path file) {
        Matcher name = FILE.matcher(name(file));
        return name.matches() ? new BigInteger(name.group(1)) : BigInteger.ZERO;
    }

    /** Statements are as this generator writes them, each beginning a line. */
    private static void follow(List<String> words, Set<String> owned) {
        if (words.size() < 3) {
            return;
        }
        String verb = words.get(0) + ' ' + words.get(1);
        String name = words.get(2);
        switch (verb.toLowerCase(Locale.ROOT)) {
            case "create table", "create sequence", "create type", "create domain" -> owned.add(name);
            case "drop table", "drop sequence", "drop type", "drop domain" -> owned.remove(name);
            case "alter table", "alter sequence" -> {
                if (words.size() > 5
                        && words.get(3).equals("rename")
                        && words.get(4).equals("to")) {
                    rename(owned, name, words.get(5));
                }
            }
            case "rename table" -> rename(owned, name, words.get(words.size() - 1));
            default -> {}
        }
    }

    private static void rename(Set<String> owned, String from, String to) {
        if (owned.remove(from)) {
            owned.add(to);
        }
    }
}
