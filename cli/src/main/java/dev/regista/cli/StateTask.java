package dev.regista.cli;

import dev.regista.migrations.run.SchemaState;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that looks at histories. */
abstract class StateTask extends Task {
    @Mixin
    private final Selection selection = new Selection();

    @Override
    public final Integer call() {
        try (Application application = Application.load(root())) {
            return show(selection.of(application).fleet().states());
        }
    }

    abstract int show(List<SchemaState> states);
}
