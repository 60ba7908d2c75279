package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Secret;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to databases that needs a server which checks passwords. */
@ExtendWith(LeakChecker.class)
class DatabasesIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();

    @TempDir
    Path secrets;

    @AfterEach
    void drop() {
        postgres.close();
    }

    @Test
    void theSecretIsReadForEachConnection() throws IOException {
        Path passwordFile = Files.writeString(secrets.resolve("password"), postgres.password());
        String url = postgres.url();
        String user = postgres.user();
        // tag::secret[]
        SqlDatabase database = SqlDatabase.at(url)
                .user(user)
                .password(Secret.from(() -> contentOf(passwordFile)))
                .models(Customer.class)
                .createTables(true)
                .build("shop");
        // end::secret[]
        database.connect();
        database.run(session -> session.persist(new Customer("Ada")));
        database.disconnect();
        assertThat(database.toString()).doesNotContain(user + ":", "password");
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
