package dev.regista.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands as {@link Main} does, in a folder, with an environment and somebody who answers questions. */
final class Shell implements Host {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<Boolean> answers = new ArrayDeque<>();
    private final List<String> questions = new ArrayList<>();
    private boolean terminal;

    Shell(Path directory) {
        this.directory = directory;
    }

    /**
     * What a command did.
     *
     * @param code how it exited
     */
    record Result(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Cli.of(this).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    Shell set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Somebody is there, who gives these answers and then no. */
    Shell terminal(Boolean... replies) {
        terminal = true;
        answers.addAll(List.of(replies));
        return this;
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    public boolean confirm(String question) {
        questions.add(question);
        return terminal && !answers.isEmpty() && answers.poll();
    }
}
