package dev.regista.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.regista.TenantRequiredException;
import dev.regista.TenantSuspendedException;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a real server, with rows in a real database. */
@ExtendWith(LeakChecker.class)
class TenantFilterIT {
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 200;

    // Before the leak checker looks: this client cannot be closed, and its threads are the test's own.
    private static ThreadPoolExecutor clientThreads;
    private static HttpClient client;

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private SqlDatabase database;

    @BeforeAll
    static void startClient() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        clientThreads = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
        clientThreads.prestartAllCoreThreads();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(clientThreads)
                .build();
    }

    @AfterAll
    static void stopClient() {
        clientThreads.shutdown();
    }

    @BeforeEach
    void open() {
        database = SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID())
                .models(Note.class, Notice.class)
                .createTables(true)
                .open("main");
        database.tenants().create("acme");
        database.tenants().create("globex");
        database.tenants().create("a b");
        for (String tenant : List.of("acme", "globex")) {
            database.tenant(tenant).run(session -> session.persist(new Note(tenant + "-first")));
        }
        database.run(session -> session.persist(new Notice("for all")));
    }

    @AfterEach
    void close() {
        database.disconnect();
    }

    private boolean exists(String name) {
        asked.add(name);
        return database.tenants().exists(name);
    }

    private WebApp start(TenantFilter filter) throws Exception {
        return new WebApp(client, database, filter);
    }

    private TenantFilter byHeader() {
        return TenantFilter.byHeader("X-Tenant", this::exists);
    }

    @Test
    void aRequestSeesTheRowsOfTheTenantInItsHeader() throws Exception {
        try (WebApp app = start(byHeader())) {
            assertThat(app.get("/?do=notes", "X-Tenant", "acme").body()).isEqualTo("[acme-first]");
            assertThat(app.get("/?do=notes", "x-tenant", "globex").body()).isEqualTo("[globex-first]");
            assertThat(app.get("/?do=notices", "X-Tenant", "globex").body()).isEqualTo("[for all]");
            assertThat(app.get("/?do=tenant", "X-Tenant", "a b").body()).isEqualTo("a b");
        }
    }

    @Test
    void aRequestWithoutATenantSeesSharedRowsOnly() throws Exception {
        try (WebApp app = start(byHeader())) {
            assertThat(app.get("/?do=notices").body()).isEqualTo("[for all]");
            assertThat(app.get("/?do=tenant").body()).isEqualTo("none");
            assertThat(app.get("/?do=notes").statusCode()).isEqualTo(500);
            assertThat(app.thrown).hasSize(1).first().isInstanceOf(TenantRequiredException.class);
        }
    }

    @Test
    void aRequestWithoutATenantIsRefusedIfOneIsRequired() throws Exception {
        try (WebApp app = start(byHeader().required())) {
            assertThat(app.get("/?do=notices").statusCode()).isEqualTo(400);
            assertThat(app.board.served).hasValue(0);
            assertThat(app.get("/?do=notices", "X-Tenant", "acme").body()).isEqualTo("[for all]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"initech", "ACME", "acme, globex", "acme,acme", "public", "<script>alert(1)</script>"})
    void anUnknownTenantIsRefusedBeforeAnyWork(String name) throws Exception {
        try (WebApp app = start(byHeader())) {
            HttpResponse<String> response = app.get("/?do=notices", "X-Tenant", name);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).doesNotContain(name);
            assertThat(response.headers().map().toString()).doesNotContain(name);
            assertThat(app.board.served).hasValue(0);
            assertThat(asked).containsExactly(name);
        }
    }

    static Stream<String> impossible() {
        return Stream.of("", " ", "x".repeat(64), "a\"b", "a'b", "a`b", "a\tb");
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aNameThatCannotBeOneIsRefusedWithoutAsking(String name) throws Exception {
        try (WebApp app = start(TenantFilter.byHeader("X-Tenant", asked::add))) {
            assertThat(app.get("/?do=notices", "X-Tenant", name).statusCode()).isEqualTo(404);
            assertThat(app.board.served).hasValue(0);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void severalHeadersMustAgree() throws Exception {
        try (WebApp app = start(byHeader())) {
            assertThat(app.get("/", "X-Tenant", "acme", "X-Tenant", "globex").statusCode())
                    .isEqualTo(400);
            assertThat(app.get("/", "X-Tenant", "acme", "X-Tenant", "").statusCode())
                    .isEqualTo(400);
            assertThat(app.board.served).hasValue(0);
            assertThat(app.get("/", "X-Tenant", "acme", "X-Tenant", "acme").body())
                    .isEqualTo("acme");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "acme.example.com,            200, acme",
        "ACME.Example.COM,            200, acme",
        "acme.example.com.,           200, acme",
        "globex.example.com:8080,     200, globex",
        "example.com,                 200, none",
        "EXAMPLE.com:80,              200, none",
        "initech.example.com,         404,",
        "a.b.example.com,             404,",
        "acme.globex.example.com,     404,",
        ".example.com,                404,",
        "acmeexample.com,             404,",
        "example.com.evil.org,        404,",
        "com,                         404,",
        "127.0.0.1,                   404,",
        "[::1]:80,                    404,"
    })
    void theTenantIsTheSubdomain(String host, int status, String tenant) throws Exception {
        try (WebApp app = start(TenantFilter.bySubdomain("Example.com", this::exists))) {
            HttpResponse<String> response = app.get("/?do=tenant", "Host", host);

            assertThat(response.statusCode()).isEqualTo(status);
            if (tenant == null) {
                assertThat(app.board.served).hasValue(0);
            } else {
                assertThat(response.body()).isEqualTo(tenant);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/acme/orders,      200, acme",
        "/acme/,            200, acme",
        "/acme,             200, acme",
        "/globex/acme,      200, globex",
        "/a%20b/x,          200, a b",
        "/%61cme/x,         200, acme",
        "/acme;v=1/x,       200, acme",
        "/x/../acme/y,      200, acme",
        "/,                 200, none",
        "/initech/orders,   404,",
        "/Acme/orders,      404,",
        "/%3Cscript%3E/x,   404,",
        "/favicon.ico,      404,"
    })
    void theTenantIsTheFirstSegmentOfThePath(String path, int status, String tenant) throws Exception {
        try (WebApp app = start(TenantFilter.byPath(this::exists))) {
            HttpResponse<String> response = app.get(path + "?do=tenant");

            assertThat(response.statusCode()).isEqualTo(status);
            if (tenant == null) {
                assertThat(app.board.served).hasValue(0);
                assertThat(response.body()).doesNotContain("<script>");
            } else {
                assertThat(response.body()).isEqualTo(tenant);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//acme/x", "/acme%2Fx", "/%2e%2e/acme", "/%00/x"})
    void anAmbiguousPathReachesNothing(String path) throws Exception {
        try (WebApp app = start(TenantFilter.byPath(this::exists))) {
            assertThat(app.get(path + "?do=tenant").statusCode()).isBetween(400, 404);
            assertThat(app.board.served).hasValue(0);
        }
    }

    @Test
    void theSegmentStaysInThePath() throws Exception {
        try (WebApp app = start(TenantFilter.byPath(this::exists))) {
            assertThat(app.get("/acme/orders?do=path").body()).isEqualTo("/acme/orders");
        }
    }

    @Test
    void manyRequestsAtTheSameTimeNeverMix() throws Exception {
        List<Callable<List<String>>> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (WebApp app = start(byHeader())) {
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(i);
                clients.add(() -> written(app, random));
            }
            List<String> all = new ArrayList<>();
            for (Future<List<String>> each : threads.invokeAll(clients)) {
                all.addAll(each.get());
            }

            for (String tenant : List.of("acme", "globex")) {
                List<String> expected = Stream.concat(Stream.of(tenant + "-first"), all.stream())
                        .filter(text -> text.startsWith(tenant))
                        .toList();
                assertThat(expected).hasSizeGreaterThan(CLIENTS * REQUESTS / 4);
                assertThat(notesOf(tenant)).containsExactlyInAnyOrderElementsOf(expected);
            }
            app.close();
            assertThat(app.left).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    /** Sends requests with and without tenants, looks at each answer, and returns what has been written. */
    private static List<String> written(WebApp app, Random random) throws Exception {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String tenant = List.of("acme", "globex", "none").get(random.nextInt(3));
            if (tenant.equals("none")) {
                assertThat(app.get("/?do=tenant").body()).isEqualTo("none");
            } else {
                String text = tenant + "-" + UUID.randomUUID();
                assertThat(app.get("/?do=write&text=" + text, "X-Tenant", tenant)
                                .body())
                        .isEqualTo("[" + text + "]");
                written.add(text);
            }
        }
        return written;
    }

    private List<String> notesOf(String tenant) {
        return database.tenant(tenant)
                .read(session -> session.createSelectionQuery("select text from Note", String.class)
                        .getResultList());
    }

    @Test
    void anExceptionLeavesNoTenantOnTheThread() throws Exception {
        try (WebApp app = start(byHeader())) {
            for (int i = 0; i < 20; i++) {
                assertThat(app.get("/?do=fail", "X-Tenant", "acme").statusCode())
                        .isEqualTo(500);
            }
            await().until(() -> {
                assertThat(app.get("/?do=tenant").body()).isEqualTo("none");
                return app.board.askedWhereItFailed();
            });
            app.close();
            assertThat(app.thrown).hasSize(20).allMatch(IllegalStateException.class::isInstance);
            assertThat(app.left).isEmpty();
        }
    }

    @Test
    void anAsynchronousDispatchHasTheTenantAgain() throws Exception {
        try (WebApp app = start(byHeader())) {
            assertThat(app.get("/?do=async", "X-Tenant", "acme").body()).isEqualTo("acme none acme");
            assertThat(app.get("/?do=async", "X-Tenant", "globex").body()).isEqualTo("globex none globex");
            assertThat(notesOf("acme")).containsExactlyInAnyOrder("acme-first", "async");
            assertThat(asked).containsExactly("acme", "globex");
            app.close();
            assertThat(app.left).isEmpty();
        }
    }

    @Test
    void aSuspendedTenantIsForbidden() throws Exception {
        database.tenants().suspend("globex");
        try (WebApp app = start(byHeader())) {
            assertThat(app.get("/?do=notes", "X-Tenant", "globex").statusCode()).isEqualTo(403);
            assertThat(app.get("/?do=wrapped", "X-Tenant", "globex").statusCode())
                    .isEqualTo(403);
            assertThat(app.get("/?do=notices", "X-Tenant", "acme").body()).isEqualTo("[for all]");
            app.close();
            assertThat(app.thrown).isEmpty();
        }
    }

    @Test
    void aTenantThatIsFoundSuspendedAfterTheAnswerHasBegunIsNoAnswerOfItsOwn() throws Exception {
        database.tenants().suspend("globex");
        try (WebApp app = start(byHeader())) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> app.get("/?do=late", "X-Tenant", "globex"));
            app.close();
            assertThat(app.thrown).hasSize(1).first().isInstanceOf(TenantSuspendedException.class);
        }
    }

    @Test
    void anErrorPageRunsInTheTenantUnlessItWasRefused() throws Exception {
        try (WebApp app = start(byHeader())) {
            app.errors.addErrorPage(404, "/error?do=tenant");

            assertThat(app.get("/?do=missing", "X-Tenant", "acme").body()).isEqualTo("acme");
            assertThat(app.get("/?do=missing", "X-Tenant", "initech").body()).isEqualTo("none");
            assertThat(asked).containsExactly("acme", "initech");
        }
    }

    @Test
    void whatCanNeverMatchIsRefusedAtOnce() {
        for (String domain : List.of("", ".example.com", "example.com.", "example.com:80", "http://example.com")) {
            assertThatIllegalArgumentException().isThrownBy(() -> TenantFilter.bySubdomain(domain, this::exists));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TenantFilter.byHeader(" ", this::exists));
    }
}
