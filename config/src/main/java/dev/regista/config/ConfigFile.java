package dev.regista.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the values of a configuration are: a file, a resource of the class path, or properties of the program. */
sealed interface ConfigFile {
    /** Larger than any configuration, and small enough to be read before anybody looks at it. */
    int MOST_BYTES = 4 << 20;

    /**
     * Returns the name for people.
     *
     * @param profile the profile whose variant is meant; empty for the file itself
     */
    String name(String profile);

    /** Returns the name of the file itself. */
    default String name() {
        return name("");
    }

    /** Returns what the names of other files are relative to. */
    default Path directory() {
        return Path.of("");
    }

    /**
     * Reads the values.
     *
     * @param profile the profile whose variant is read; empty for the file itself
     * @return the values, or empty if there is no such variant
     */
    Optional<List<Entry>> read(String profile, ClassLoader loader, Problems problems);

    /** A file on a disk. */
    record OnDisk(Path path) implements ConfigFile {
        @Override
        public String name(String profile) {
            return path(profile).toString();
        }

        @Override
        public Path directory() {
            Path parent = path.getParent();
            return parent == null ? Path.of("") : parent;
        }

        @Override
        public Optional<List<Entry>> read(String profile, ClassLoader loader, Problems problems) {
            Path file = path(profile);
            if (!profile.isEmpty() && !Files.exists(file)) {
                return Optional.empty();
            }
            try (InputStream stream = Files.newInputStream(file)) {
                return yaml(file.toString(), stream, problems);
            } catch (NoSuchFileException e) {
                problems.add(
                        Origin.of(file.toString()),
                        "there is no such file (in " + directory().toAbsolutePath() + ")");
            } catch (IOException e) {
                problems.add(
                        Origin.of(file.toString()),
                        "cannot be read: " + e.getClass().getSimpleName());
            }
            return Optional.of(List.of());
        }

        private Path path(String profile) {
            return profile.isEmpty() ? path : path.resolveSibling(variant(String.valueOf(path.getFileName()), profile));
        }
    }

    /** A resource of the class path. */
    record OnClassPath(String resource) implements ConfigFile {
        @Override
        public String name(String profile) {
            return "classpath:" + resource(profile);
        }

        private String resource(String profile) {
            return profile.isEmpty() ? resource : variant(resource, profile);
        }

        @Override
        public Optional<List<Entry>> read(String profile, ClassLoader loader, Problems problems) {
            try (@Nullable InputStream stream = loader.getResourceAsStream(resource(profile))) {
                if (stream != null) {
                    return yaml(name(profile), stream, problems);
                }
                if (!profile.isEmpty()) {
                    return Optional.empty();
                }
                problems.add(Origin.of(name()), "there is no such resource on the class path");
            } catch (IOException e) {
                problems.add(
                        Origin.of(name()), "cannot be read: " + e.getClass().getSimpleName());
            }
            return Optional.of(List.of());
        }
    }

    /** Values that the program has already. */
    record InProgram(Map<String, String> values) implements ConfigFile {
        @Override
        public String name(String profile) {
            return "properties";
        }

        @Override
        public Optional<List<Entry>> read(String profile, ClassLoader loader, Problems problems) {
            return profile.isEmpty()
                    ? Optional.of(values.entrySet().stream()
                            .map(value -> new Entry(Key.parse(value.getKey()), value.getValue(), 0))
                            .toList())
                    : Optional.empty();
        }
    }

    private static String variant(String file, String profile) {
        int dot = file.lastIndexOf('.');
        return dot <= file.lastIndexOf('/')
                ? file + "-" + profile
                : file.substring(0, dot) + "-" + profile + file.substring(dot);
    }

    private static Optional<List<Entry>> yaml(String name, InputStream stream, Problems problems) throws IOException {
        byte[] bytes = stream.readNBytes(MOST_BYTES);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(YamlFile.read(name, text, problems));
        } catch (CharacterCodingException e) {
            problems.add(Origin.of(name), "is not text in UTF-8");
            return Optional.of(List.of());
        }
    }
}
