package dev.regista.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is around the program. */
interface Host {
    /** Returns the environment variables. */
    Map<String, String> environment();

    /** Returns what relative names are relative to. */
    Path directory();

    /** Whether somebody sits at a terminal, who can be asked, and to whom a bar can be shown. */
    boolean isTerminal();

    /** Asks a question, if somebody is there; else the answer is no. */
    boolean confirm(String question);

    /** Returns that of this process. */
    static Host system() {
        return new Host() {
            @Override
            public Map<String, String> environment() {
                return System.getenv();
            }

            @Override
            public Path directory() {
                return Path.of("");
            }

            @Override
            public boolean isTerminal() {
                return terminal().isPresent();
            }

            @Override
            public boolean confirm(String question) {
                String answer = terminal()
                        .map(console -> console.readLine("%s [y/N] ", question))
                        .orElse("");
                return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
            }

            /** From Java 22 on there is a console without a terminal too, and it can tell. */
            @SuppressWarnings("SystemConsoleNull")
            private static Optional<Console> terminal() {
                Console console = System.console();
                if (console == null) {
                    return Optional.empty();
                }
                try {
                    boolean isTerminal =
                            (boolean) Console.class.getMethod("isTerminal").invoke(console);
                    return isTerminal ? Optional.of(console) : Optional.empty();
                } catch (NoSuchMethodException e) {
                    return Optional.of(console);
                } catch (ReflectiveOperationException e) {
                    return Optional.empty();
                }
            }
        };
    }
}
