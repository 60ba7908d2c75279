package dev.regista.sql;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Tests of tenants on PostgreSQL behind a PgBouncer that gives every transaction another connection of the server: nothing
 * that Regista does may rely on what a connection remembers between transactions.
 */
final class BehindPgBouncer {
    private static final List<Class<?>> CLASSES =
            List.of(TenancyIT.class, LeakMatrixIT.class, TenancyTrapsIT.class, TenantFleetIT.class);

    private static final String OWN_STATE = "the application itself sets what PgBouncer keeps for the next transaction";

    /** What cannot hold behind any pool of transactions, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "whatTheApplicationSetsOnAConnectionEndsWithTheUnit", OWN_STATE,
            "whatTheWorkSetsOnItsConnectionDoesNotMeetTheNextUnit", OWN_STATE,
            "aTemporaryTableEndsWithTheUnit", OWN_STATE);

    /** Among the products of a class for all that have schemas: H2, PostgreSQL, MariaDB. */
    private static final int POSTGRES = 2;

    private BehindPgBouncer() {}

    /** Without arguments: starts the servers, and itself again with "tests". */
    public static void main(String[] args) throws Exception {
        System.exit(args.length == 0 ? startServers() : runTests(List.of(args)));
    }

    private static int startServers() throws Exception {
        try (TestDatabase database = TestServers.postgres().newDatabase();
                PgBouncer bouncer = PgBouncer.before(database)) {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BehindPgBouncer.class.getName(),
                    "tests"));
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put(TestServers.POSTGRES_URL, bouncer.url());
            Process tests = builder.start();
            try {
                if (!tests.waitFor(5, TimeUnit.MINUTES)) {
                    System.err.println("The tests did not end within 5 minutes");
                    return 1;
                }
                if (tests.exitValue() != 0) {
                    System.err.println("What PgBouncer complained of:");
                    bouncer.complaints().forEach(System.err::println);
                }
                return tests.exitValue();
            } finally {
                tests.destroyForcibly().waitFor();
            }
        }
    }

    private static int runTests(List<String> args) throws ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : args.subList(1, args.size())) {
            classes.add(Class.forName("dev.regista.sql." + name));
        }
        Report report = new Report();
        for (Class<?> type : classes.isEmpty() ? CLASSES : classes) {
            report.start(type);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectors(type))
                    .build();
            LauncherFactory.create().execute(request, report);
            tests(type)
                    .filter(LEFT_OUT::containsKey)
                    .forEach(name -> System.out.printf("    left out: %s, because %s%n", name, LEFT_OUT.get(name)));
            report.end();
        }
        return report.failed == 0 ? 0 : 1;
    }

    private static Stream<String> tests(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName);
    }

    private static List<? extends DiscoverySelector> selectors(Class<?> type) {
        if (!type.isAnnotationPresent(ParameterizedClass.class)) {
            return List.of(selectClass(type));
        }
        return tests(type)
                .filter(name -> !LEFT_OUT.containsKey(name))
                .map(name -> selectUniqueId(
                        "[engine:junit-jupiter]/[class-template:%s]/[class-template-invocation:#%d]/[method:%s()]"
                                .formatted(type.getName(), POSTGRES, name)))
                .toList();
    }

    /** Prints what ran. A class of which nothing runs, or another product than PostgreSQL, is a failure. */
    private static final class Report implements TestExecutionListener {
        private int failed;
        private int passed;
        private int aborted;
        private boolean anotherProduct;
        private long begun;

        void start(Class<?> type) {
            passed = 0;
            aborted = 0;
            begun = System.nanoTime();
            System.out.println(type.getSimpleName() + " on PostgreSQL behind PgBouncer");
        }

        void end() {
            System.out.printf(
                    "    %d passed, %d not for PostgreSQL, %d ms%n",
                    passed, aborted, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            if (passed == 0 || anotherProduct) {
                System.out.println("    FAILED: these are not the tests of PostgreSQL");
                failed++;
            }
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.getUniqueIdObject().getLastSegment().getType().equals("class-template-invocation")) {
                anotherProduct |= !test.getDisplayName().contains(Store.POSTGRES.name());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
                case ABORTED -> aborted++;
                case FAILED -> {
                    failed++;
                    System.out.println("    FAILED: " + test.getDisplayName());
                    result.getThrowable().ifPresent(failure -> failure.printStackTrace(System.out));
                }
            }
        }
    }
}
