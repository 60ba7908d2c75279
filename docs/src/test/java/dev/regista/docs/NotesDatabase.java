package dev.regista.docs;

import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

// tag::kind[]
/** Notes by key, in one file. The session holds a unit's own notes and looks through to the committed ones. */
final class NotesDatabase extends AbstractDatabase<Properties, NotesDatabase> {
    private final Path file;

    NotesDatabase(DatabaseSettings<NotesDatabase> settings, Path file) {
        super(settings, Properties.class);
        this.file = file;
    }

    @Override
    protected Backend<Properties> open() throws IOException {
        Properties notes = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            notes.load(in);
        }
        return new NotesBackend(file, notes);
    }

    @Override
    protected NotesDatabase self() {
        return this;
    }
}
// end::kind[]

// tag::backend[]
record NotesBackend(Path file, Properties notes) implements Backend<Properties> {
    @Override
    public Unit<Properties> begin(UnitSettings settings) {
        if (settings.mode() == Mode.READ_ONLY || settings.isolation() != null || settings.timeout() != null) {
            throw new UnsupportedOperationException("read-only transactions, isolation levels and time limits");
        }
        return new NotesUnit(this, new Properties(notes), settings.mode());
    }

    synchronized void add(Properties changes) throws IOException {
        Properties all = (Properties) notes.clone();
        all.putAll(changes);
        try (OutputStream out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
        notes.putAll(changes);
    }

    @Override
    public void close() {}
}

record NotesUnit(NotesBackend backend, Properties session, Mode mode) implements Unit<Properties> {
    @Override
    public void commit() throws IOException {
        if (mode == Mode.WRITE && hasWritten()) {
            backend.add(session);
        }
    }

    @Override
    public void rollback() {
        session.clear();
    }

    @Override
    public void release() {}

    @Override
    public boolean hasWritten() {
        return !session.isEmpty();
    }
}
// end::backend[]
