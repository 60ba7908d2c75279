package dev.regista.migrations.fleet;

import dev.regista.RegistaException;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/** A run failed in some schemas. Its cause is the first failure, the others are suppressed onto this. */
public final class FleetFailedException extends RegistaException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    private final transient FleetResult result;

    FleetFailedException(FleetResult result) {
        super(
                message(result),
                result.failed().isEmpty() ? null : result.failed().get(0).failure());
        this.result = result;
        result.failed().stream()
                .skip(1)
                .flatMap(each -> each.problem().stream())
                .forEach(this::addSuppressed);
    }

    private static String message(FleetResult result) {
        List<SchemaResult> failed = result.failed();
        int skipped = result.with(Outcome.SKIPPED).size();
        return failed.size() + " of " + result.schemas().size() + " schemas failed"
                + (skipped == 0 ? "" : ", " + skipped + " were not begun") + ": "
                + failed.stream()
                        .limit(SHOWN)
                        .map(each -> each.place() + ": "
                                + each.problem().map(Throwable::getMessage).orElse(""))
                        .collect(Collectors.joining("; "))
                + (failed.size() > SHOWN ? "; …" : "");
    }

    /** Returns what the run did, schema by schema. */
    public FleetResult result() {
        return result;
    }
}
