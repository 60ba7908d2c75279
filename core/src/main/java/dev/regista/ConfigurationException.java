package dev.regista;

import java.util.List;

/** Settings that cannot work. Raised before any I/O, and names every problem at once, not just the first. */
public final class ConfigurationException extends RegistaException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serializable when its elements are
    private final List<String> problems;

    /**
     * One problem.
     *
     * @param problem what is wrong and what would be right
     */
    public ConfigurationException(String problem) {
        this(List.of(problem));
    }

    /**
     * Several problems found together.
     *
     * @param problems what is wrong, one sentence each; at least one
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns each problem on its own, in the order found. */
    public List<String> problems() {
        return problems;
    }
}
