package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LazyServerIT {

    private static final String VARIABLE = "REGISTA_TEST_NO_SUCH_VARIABLE";

    @Test
    void failedStartShowsTheLogAndFailsEveryTimeWithoutTryingAgain() {
        AtomicInteger starts = new AtomicInteger();
        AtomicReference<Path> used = new AtomicReference<>();
        LazyServer server = lazy(directory -> {
            starts.incrementAndGet();
            used.set(directory);
            Files.writeString(directory.resolve("console.log"), "line one\nno space left on device\n");
            throw new IOException("exit code 1");
        });
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(server::get)
                    .withMessageContaining("PostgreSQL")
                    .withMessageContaining("exit code 1")
                    .withMessageContaining("no space left on device");
        }
        assertThat(starts).hasValue(1);
        assertThat(used.get()).doesNotExist();
        assertThat(server.started()).isEmpty();
    }

    @Test
    void givenServerIsUsedAndSeesOnlyConnectionsToItsOwnDatabases() throws SQLException {
        SqlServer given = lazy(directory -> {
                    throw new AssertionError("must not start");
                })
                .reach(urlOf((SqlServer) TestServers.postgres()));
        try (Connection foreign = ((SqlServer) TestServers.postgres()).address().connect("postgres");
                TestDatabase database = given.newDatabase();
                Connection own = database.connect()) {
            assertThat(foreign.isValid(1) && own.isValid(1)).isTrue();
            assertThat(given.describeConnections()).singleElement().asString().contains(database.name());
        }
    }

    @Test
    void unreachableServerIsNamedByItsVariableWithoutThePassword() throws Exception {
        try (FaultyServer server = FaultyServer.hangingUp()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> lazy(directory -> null)
                            .reach("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=me&password=hush"))
                    .withMessageContaining(VARIABLE)
                    .withMessageNotContaining("hush");
        }
    }

    private static LazyServer lazy(LazyServer.Starter starter) {
        return new LazyServer("PostgreSQL", VARIABLE, PostgresKind::new, starter);
    }

    private static String urlOf(SqlServer server) {
        ServerAddress address = server.address();
        return address.url(address.adminDatabase()) + "?user=" + address.user() + "&password="
                + URLEncoder.encode(address.password(), StandardCharsets.UTF_8);
    }
}
