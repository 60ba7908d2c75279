package dev.regista.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a fork hands to the process that started it: a file to which each block adds a line per contestant, with the time of
 * each round. JMH hands over averages alone, and no ratios can be made of those.
 */
final class Recording {
    static final String FILE = "regista.bench.recording";

    private Recording() {}

    /** Adds a block; to nothing, if nobody asked for a recording. */
    static void add(String name, List<Double> values) {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        String line = name + "\t" + values.stream().map(String::valueOf).collect(Collectors.joining("\t")) + "\n";
        try {
            Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the blocks of each name, in the order in which they were added. */
    static Map<String, List<double[]>> read(Path file) throws IOException {
        Map<String, List<double[]>> blocks = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t", -1);
                double[] values = new double[fields.length - 1];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(fields[i + 1]);
                }
                blocks.computeIfAbsent(fields[0], name -> new ArrayList<>()).add(values);
            }
        }
        return blocks;
    }
}
