package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Secrets in files of their own, as container platforms mount them. */
final class SecretFile {
    private SecretFile() {}

    /** Returns a secret that is read from its file each time it is needed; reports a file that cannot be read now. */
    static @Nullable Secret secret(Setting name, Context context) {
        Path file = path(name, context);
        if (file == null || !Files.isReadable(file) || Files.isDirectory(file)) {
            boolean isRelative = file != null && file.startsWith(context.directory());
            context.problems()
                    .add(
                            name.origin(),
                            name.key(),
                            "must name a file that can be read, not " + Shape.ofPath(name)
                                    + (isRelative
                                            ? "; relative to "
                                                    + context.directory().toAbsolutePath()
                                            : ""));
            return null;
        }
        return Secret.from(() -> read(file));
    }

    private static @Nullable Path path(Setting name, Context context) {
        try {
            return context.directory().resolve(name.value());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** One line end at the end is not part of the secret. */
    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new ConfigurationException("the secret in the file '" + file + "' cannot be read any more: "
                    + e.getClass().getSimpleName());
        }
    }
}
