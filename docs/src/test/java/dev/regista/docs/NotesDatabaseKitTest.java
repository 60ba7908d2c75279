package dev.regista.docs;

import static dev.regista.testing.DatabaseKit.Feature.ISOLATION;
import static dev.regista.testing.DatabaseKit.Feature.READ_CHECK;
import static dev.regista.testing.DatabaseKit.Feature.READ_ONLY;
import static dev.regista.testing.DatabaseKit.Feature.SAVEPOINTS;
import static dev.regista.testing.DatabaseKit.Feature.TIMEOUT;

import dev.regista.testing.DatabaseKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;

/** The kind of the guide keeps what every kind promises. */
// tag::kit[]
class NotesDatabaseKitTest extends DatabaseKit<Properties> {
    @Override
    protected NotesBuilder database() throws IOException {
        Path file = Files.createTempFile("notes", ".properties");
        closeAfterwards(() -> Files.delete(file));
        return new NotesBuilder(file);
    }

    @Override
    protected void write(Properties session, String key) {
        session.setProperty(key, "written");
    }

    @Override
    protected boolean exists(Properties session, String key) {
        return session.getProperty(key) != null;
    }

    @Override
    protected Set<Feature> lacks() {
        return EnumSet.of(SAVEPOINTS, READ_ONLY, ISOLATION, TIMEOUT, READ_CHECK);
    }
}
// end::kit[]
