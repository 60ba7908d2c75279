package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Registry;
import dev.regista.TenantRequiredException;
import dev.regista.UnknownTenantException;
import dev.regista.routing.Routing;
import dev.regista.routing.Schema;
import dev.regista.routing.Tenant;
import dev.regista.servlet.TenantFilter;
import dev.regista.sql.RegistrySchemas;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.sql.tenancy.WhenFull;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to tenants and schemas. */
@ExtendWith(LeakChecker.class)
class TenantsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private SqlDatabase main;

    @BeforeEach
    void open() {
        String url = postgres.url();
        String user = postgres.user();
        String password = postgres.password();
        // tag::open[]
        main = SqlDatabase.at(url)
                .user(user)
                .password(password)
                .models(Customer.class, Order.class)
                .createTables(true)
                .open("main");

        main.tenants().create("acme"); // a row, a schema, its tables: one transaction
        main.tenants().create("globex");
        // end::open[]
    }

    @AfterEach
    void close() {
        main.disconnect();
        postgres.close();
    }

    @Test
    void stated() {
        // tag::stated[]
        main.tenant("acme").run(session -> session.persist(new Order("anvil")));
        List<Order> orders = main.tenant("globex")
                .read(session ->
                        session.createSelectionQuery("from Order", Order.class).getResultList());

        Tenant.of("acme")
                .run(
                        () -> { // ambient: for everything below that states none
                            main.run(session -> session.persist(new Order("rocket")));
                            main.run(session -> session.persist(new Customer("Ada"))); // shared, whoever asks
                        });
        // end::stated[]
        assertThat(orders).isEmpty();
        assertThat(main.tenant("acme")
                        .<Long, RuntimeException>read(
                                session -> session.createSelectionQuery("select count(*) from Order", Long.class)
                                        .getSingleResult()))
                .isEqualTo(2);
    }

    @Test
    void closed() {
        // tag::closed[]
        Throwable none = catchThrowable(() -> main.run(session -> session.persist(new Order("anvil"))));
        Throwable unknown = catchThrowable(() -> main.tenant("acmee").run(session -> {}));
        // end::closed[]
        assertThat(none).isInstanceOf(TenantRequiredException.class);
        assertThat(unknown)
                .isInstanceOf(UnknownTenantException.class)
                .hasMessage("No tenant named 'acmee' in database 'main'. There are 2: acme, globex.");
    }

    @Test
    void threads() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch done = new CountDownLatch(1);
        // tag::threads[]
        Tenant.of("acme").run(() -> {
            Executor inTenant = Routing.capture().wrap(executor);
            inTenant.execute(() -> {
                main.run(session -> session.persist(new Order("magnet")));
                done.countDown();
            });
        });
        // end::threads[]
        done.await();
        executor.shutdown();
        assertThat(main.tenant("acme")
                        .<String, RuntimeException>read(
                                session -> session.createSelectionQuery("select what from Order", String.class)
                                        .getSingleResult()))
                .isEqualTo("magnet");
    }

    @Test
    void requests() throws Exception {
        ServletContextHandler handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new OrdersServlet(main)), "/*");
        handler.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                ServletContext context = event.getServletContext();
                // tag::requests[]
                var filter = context.addFilter("tenant", TenantFilter.byHeader("X-Tenant", main.tenants()::exists));
                filter.setAsyncSupported(true);
                filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
                // end::requests[]
            }
        });
        main.tenant("acme").run(session -> session.persist(new Order("anvil")));
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(handler);
        server.start();
        try {
            assertThat(answer(server, "X-Tenant: acme"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\n[anvil]");
            assertThat(answer(server, "X-Tenant: globex"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\n[]");
            assertThat(answer(server, "X-Tenant: initech")).startsWith("HTTP/1.1 404 ");
        } finally {
            server.stop();
        }
    }

    /** By a socket: the client of the JDK leaves threads behind. */
    private static String answer(Server server, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getURI().getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("serial") // never serialised
    private static final class OrdersServlet extends HttpServlet {
        private final SqlDatabase main;

        OrdersServlet(SqlDatabase main) {
            this.main = main;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            List<String> orders =
                    main.read(session -> session.createSelectionQuery("select what from Order", String.class)
                            .getResultList());
            response.getWriter().print(orders);
        }
    }

    @Test
    void nativeAndJdbc() throws SQLException {
        // tag::native[]
        main.tenant("acme")
                .run(session -> session.createNativeMutationQuery("update {h-schema}orders set what = upper(what)")
                        .executeUpdate());
        main.tenant("acme").jdbc().run(connection -> {
            try (var statement = connection.prepareStatement("delete from {h-schema}orders where what = 'ANVIL'")) {
                statement.executeUpdate();
            }
        });
        // end::native[]
    }

    @Test
    void life() {
        // tag::life[]
        boolean created = main.tenants().createIfAbsent("initech"); // false for all but one of many that start
        main.tenants().suspend("globex"); // its units are refused from now on
        main.tenants().resume("globex");
        main.tenants().drop("globex"); // with everything in it
        boolean there = main.tenants().exists("globex"); // from memory
        main.tenants().refresh(); // what other processes have changed
        // end::life[]
        assertThat(created).isTrue();
        assertThat(there).isFalse();
    }

    @Test
    void schemas() {
        // tag::schemas[]
        main.schemas().create("archive", Contents.MODELS);
        main.schema("archive").run(session -> session.persist(new Customer("Grace")));
        Schema.of("archive").run(() -> main.run(session -> session.persist(new Customer("Barbara"))));
        List<String> names = main.schemas().list();
        boolean dropped = main.schemas().dropCascade("archive");
        // end::schemas[]
        assertThat(names).contains("acme", "archive", "globex", "public");
        assertThat(dropped).isTrue();
    }

    @Test
    void databasesOfTheirOwn() {
        String url = postgres.url();
        String user = postgres.user();
        String password = postgres.password();
        String urlWithTenant = url.replace(postgres.name(), postgres.name() + "_{tenant}");
        // tag::databases[]
        SqlDatabase main = SqlDatabase.at(url)
                .user(user)
                .password(password)
                .models(Customer.class, Parcel.class)
                .createTables(true)
                .tenantDatabases(TenantDatabases.at(urlWithTenant) // postgresql://host/{tenant}
                        .withBudget(20)
                        .withWhenFull(WhenFull.EVICT))
                .onTenantCreated((database, tenant) -> database.tenant(tenant.name())
                        .run(session -> session.persist(new Parcel("welcome to " + tenant.name()))))
                .open("main");

        main.tenants().create("initech"); // a row, a database, its tables
        main.tenant("initech").run(session -> session.persist(new Parcel("printer")));
        // end::databases[]
        try {
            assertThat(main.tenant("initech")
                            .<List<String>, RuntimeException>read(session -> session.createSelectionQuery(
                                            "select content from Parcel order by id", String.class)
                                    .getResultList()))
                    .containsExactly("welcome to initech", "printer");
            main.tenants().drop("initech");
        } finally {
            main.disconnect();
        }
    }

    @Test
    void schemasOfSeveralDatabases() {
        TestDatabase other = TestServers.postgres().newDatabase();
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at(postgres.url()).user(postgres.user()).password(postgres.password()))
                .extra("reports", SqlDatabase.at(other.url()).user(other.user()).password(other.password()))
                .open()) {
            // tag::several[]
            RegistrySchemas both = RegistrySchemas.of(registry, "main", "reports");
            both.create("archive", Contents.MODELS); // in both or in neither
            Map<String, Boolean> dropped = both.dropCascade("archive");
            // end::several[]
            assertThat(dropped).isEqualTo(Map.of("main", true, "reports", true));
        } finally {
            other.close();
        }
    }
}
