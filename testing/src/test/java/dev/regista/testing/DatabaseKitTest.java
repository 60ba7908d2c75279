package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.regista.Database;
import dev.regista.object.ObjectDatabase;
import dev.regista.object.ObjectDatabaseBuilder;
import dev.regista.testing.Store.Tx;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** That the kit fails kinds that break their promises, and only those. */
class DatabaseKitTest {
    @Test
    void failsAKindThatIgnoresRollback() {
        Events tests = run(selectClass(IgnoresRollbackKit.class));
        assertThat(failed(tests))
                .contains(
                        "uncheckedExceptionsRollBack",
                        "checkedExceptionsRollBack",
                        "errorsRollBack",
                        "connectionWithoutCommitRollsBack",
                        "connectionRollsBack",
                        "swallowedFailureDooms",
                        "outerDecides",
                        "keepsWritesToItself")
                .doesNotContain("runCommits", "callReturnsTheResult", "countsReferences");
    }

    @Test
    void acceptsAKindThatSaysItCannotRollBack() {
        Events tests = run(selectClass(CannotRollBackKit.class));
        assertThat(failed(tests)).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(50);
    }

    @Test
    void failsAKindThatNeverReleases() {
        Events tests = run(selectNestedClass(List.of(NeverReleasesKit.class), nested("Release")));
        assertThat(failed(tests)).contains("listsItsHolder", "unitsReleaseEverything", "connectionsReleaseEverything");
        assertThat(tests.succeeded().count()).isZero();
    }

    @Test
    void failsAKindThatDoesNotRefuseWhatItLacks() {
        Events tests = run(selectNestedClass(List.of(ClaimsToLackNothingKit.class), nested("Scope")));
        assertThat(failed(tests))
                .containsExactlyInAnyOrder(
                        "readOnlyReadsOnly", "snapshotSeesOneInstant", "hasEveryIsolation", "takesATimeLimit");
    }

    private static Class<?> nested(String concept) {
        for (Class<?> type : DatabaseKit.class.getDeclaredClasses()) {
            if (type.getSimpleName().equals(concept)) {
                return type;
            }
        }
        throw new AssertionError(concept);
    }

    private static Events run(DiscoverySelector selector) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selector)
                .execute()
                .testEvents();
        assertThat(tests.skipped().count()).isZero();
        assertThat(tests.aborted().count()).isZero();
        assertThat(tests.started().count()).isPositive();
        return tests;
    }

    private static List<String> failed(Events tests) {
        return tests.failed().stream().map(DatabaseKitTest::method).toList();
    }

    private static String method(Event event) {
        return event.getTestDescriptor().getLegacyReportingName().replaceAll("\\(.*", "");
    }

    /** Writes straight through. */
    static class CannotRollBackKit extends DatabaseKit<Set<String>> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        protected ObjectDatabaseBuilder<Set<String>, Set<String>> database() {
            Set<String> store = ConcurrentHashMap.newKeySet();
            return ObjectDatabase.of(store, (Class<Set<String>>) (Class) Set.class, same -> same);
        }

        @Override
        protected void write(Set<String> session, String key) {
            session.add(key);
        }

        @Override
        protected boolean exists(Set<String> session, String key) {
            return session.contains(key);
        }

        @Override
        protected Set<Feature> lacks() {
            return EnumSet.complementOf(EnumSet.of(Feature.CONCURRENT_WRITERS));
        }
    }

    /** Claims that it can undo, and does not. */
    static class IgnoresRollbackKit extends CannotRollBackKit {
        @Override
        protected Set<Feature> lacks() {
            return Set.of(
                    Feature.SAVEPOINTS, Feature.READ_ONLY, Feature.ISOLATION, Feature.TIMEOUT, Feature.READ_CHECK);
        }
    }

    static class ClaimsToLackNothingKit extends ObjectDatabaseKitTest {
        @Override
        protected Set<Feature> lacks() {
            return Set.of();
        }
    }

    static class NeverReleasesKit extends ObjectDatabaseKitTest {
        private final Store store = new Store();

        @Override
        protected ObjectDatabaseBuilder<Store, Tx> database() {
            return ObjectDatabase.of(store, Tx.class, Store::begin)
                    .commit(Tx::commit)
                    .rollback(Tx::rollback);
        }

        @Override
        protected int held(Database<Tx> database) {
            return store.transactions();
        }
    }
}
