package dev.regista.docs;

import dev.regista.spi.AbstractDatabaseBuilder;
import java.nio.file.Path;

// tag::builder[]
final class NotesBuilder extends AbstractDatabaseBuilder<NotesDatabase, NotesBuilder> {
    private final Path file;

    NotesBuilder(Path file) {
        this.file = file;
    }

    @Override
    public NotesDatabase build(String name) {
        return new NotesDatabase(settings(name), file);
    }

    @Override
    protected NotesBuilder self() {
        return this;
    }
}
// end::builder[]
