package dev.regista.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Found by the service loader of the library, as in an application. */
class RoutingThreadLocalAccessorTest {
    private final ContextSnapshotFactory snapshots =
            ContextSnapshotFactory.builder().build();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        other.shutdown();
    }

    @Test
    void aSnapshotCarriesTenantAndSchemaToAnotherThread() throws Exception {
        ContextSnapshot snapshot = inAcmeAndArchive(snapshots::captureAll);

        String inside = other.submit(snapshot.wrap((Callable<String>) RoutingThreadLocalAccessorTest::here))
                .get();
        String after = other.submit(RoutingThreadLocalAccessorTest::here).get();

        assertThat(inside).isEqualTo("tenant 'acme', schema 'archive'");
        assertThat(after).isEqualTo("no tenant, no schema");
    }

    @Test
    void whatHeldBeforeHoldsAgainAfterTheScope() throws Exception {
        ContextSnapshot snapshot = inAcmeAndArchive(snapshots::captureAll);

        Tenant.of("globex").run(() -> {
            try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                assertThat(here()).isEqualTo("tenant 'acme', schema 'archive'");
            }
            assertThat(here()).isEqualTo("tenant 'globex', no schema");
        });
        assertThat(here()).isEqualTo("no tenant, no schema");
    }

    @Test
    void whatHeldBeforeHoldsAgainAfterAnException() throws Exception {
        ContextSnapshot snapshot = inAcmeAndArchive(snapshots::captureAll);
        Runnable failing = snapshot.wrap((Runnable) () -> {
            throw new IllegalStateException(here());
        });

        assertThatThrownBy(() -> other.submit(failing).get()).hasRootCauseMessage("tenant 'acme', schema 'archive'");
        assertThat(other.submit(RoutingThreadLocalAccessorTest::here).get()).isEqualTo("no tenant, no schema");
    }

    @Test
    void aSnapshotWithoutATenantCarriesThat() {
        ContextSnapshot snapshot = snapshots.captureAll();

        Tenant.of("globex").run(() -> {
            snapshot.wrap(() -> {
                        assertThat(here()).isEqualTo("no tenant, no schema");
                    })
                    .run();
            assertThat(here()).isEqualTo("tenant 'globex', no schema");
        });
    }

    private static <T> T inAcmeAndArchive(Block<T, RuntimeException> block) {
        return Tenant.of("acme").call(() -> Schema.of("archive").call(block));
    }

    private static String here() {
        return Routing.capture().toString();
    }
}
