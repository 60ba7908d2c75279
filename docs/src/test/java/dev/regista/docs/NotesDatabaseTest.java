package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The kind of the guide, in a registry. */
@ExtendWith(LeakChecker.class)
class NotesDatabaseTest {
    @TempDir
    Path directory;

    @Test
    void anOwnKindIsUsedAsTheOthersAre() throws IOException {
        Path file = Files.createFile(directory.resolve("notes.properties"));
        // tag::use[]
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop"))
                .extra("notes", new NotesBuilder(file))
                .open()) {
            NotesDatabase notes = registry.database("notes", NotesDatabase.class);
            notes.run(session -> session.setProperty("ada", "likes tea"));
            String note = notes.read(session -> session.getProperty("ada"));
            // end::use[]
            assertThat(note).isEqualTo("likes tea");
            // tag::use[]
        }
        // end::use[]
        assertThat(file).content().contains("likes tea");
    }
}
