package dev.regista.servlet;

import dev.regista.sql.SqlDatabase;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A real server with the board at {@code /app}, behind a filter. */
final class WebApp implements AutoCloseable {
    /** What came out of the filter. */
    final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    /** The tenants that were on a thread before or after the filter. */
    final Queue<String> left = new ConcurrentLinkedQueue<>();

    final Board board;
    final ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    private final HttpClient client;
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final Server server = new Server(new QueuedThreadPool(12));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    WebApp(HttpClient client, SqlDatabase database, TenantFilter filter) throws Exception {
        this.client = client;
        this.board = new Board(database, elsewhere);
        ServletContextHandler context = new ServletContextHandler("/app");
        filter(context, this::probe);
        filter(context, filter);
        ServletHolder servlet = new ServletHolder(board);
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        context.setErrorHandler(errors);
        server.start();
    }

    private static void filter(ServletContextHandler context, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    }

    private void probe(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        look();
        try {
            chain.doFilter(request, response);
        } catch (Throwable t) {
            thrown.add(t);
            throw t;
        } finally {
            look();
        }
    }

    private void look() {
        if (!Board.tenant().equals("none")) {
            left.add(Board.tenant());
        }
    }

    /** Sends a request with headers, name after value. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Stops the server, when every request has left it. */
    @Override
    public void close() throws Exception {
        server.stop();
        elsewhere.shutdown();
    }
}
