package dev.regista.docs;

import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.nio.file.Path;
import java.util.List;

// tag::kind[]
public final class NotesKind implements DatabaseKind {
    private static final Option<String> FILE = Option.text("file").required().describedAs("Where the notes are.");

    @Override
    public List<Option<?>> options() {
        return List.of(FILE);
    }

    @Override
    public NotesBuilder build(Values values) {
        return new NotesBuilder(Path.of(values.get(FILE)));
    }
}
// end::kind[]
