package dev.regista.migrations.run;

import dev.regista.RegistaException;
import org.jspecify.annotations.Nullable;

/** Root of what goes wrong with migrations. */
public abstract class MigrationException extends RegistaException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns what a failure says, in one line, without a full stop. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
    }
}
