package dev.regista.migrations.run;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A version was asked for that there is no migration of, or a target that a direction does not have. */
public final class UnknownVersionException extends MigrationException {
    private static final long serialVersionUID = 1L;

    private final String asked;
    private final transient List<Version> existing;

    UnknownVersionException(String asked, Place place, Collection<Version> existing) {
        super(
                "No migration '" + asked + "' for " + place + ". "
                        + (existing.isEmpty()
                                ? "There are none."
                                : "There are: "
                                        + existing.stream()
                                                .map(Version::toString)
                                                .collect(Collectors.joining(", "))
                                        + "."),
                null);
        this.asked = asked;
        this.existing = List.copyOf(existing);
    }

    /** Returns what was asked for. */
    public String asked() {
        return asked;
    }

    /** Returns the versions there are, lowest first. */
    public List<Version> existing() {
        return existing;
    }
}
