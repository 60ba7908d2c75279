package dev.regista.servlet;

import dev.regista.routing.Tenant;
import dev.regista.sql.SqlDatabase;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes of the tenant and notices for all. What a request does is in its parameter {@code do}. */
@SuppressWarnings("serial") // never serialised
final class Board extends HttpServlet {
    final AtomicInteger served = new AtomicInteger();

    /** The threads on which a request has failed. */
    final Set<Thread> failedOn = ConcurrentHashMap.newKeySet();

    /** The threads that have said which tenant they see. */
    final Set<Thread> askedOn = ConcurrentHashMap.newKeySet();

    private final SqlDatabase database;
    private final Executor elsewhere;

    Board(SqlDatabase database, Executor elsewhere) {
        this.database = database;
        this.elsewhere = elsewhere;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        served.incrementAndGet();
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        switch (Objects.requireNonNullElse(request.getParameter("do"), "tenant")) {
            case "tenant" -> {
                askedOn.add(Thread.currentThread());
                response.getWriter().print(tenant());
            }
            case "path" -> response.getWriter().print(request.getPathInfo());
            case "notices" -> response.getWriter().print(texts("select text from Notice"));
            case "notes" -> response.getWriter().print(texts("select text from Note"));
            case "write" -> response.getWriter().print(write(request.getParameter("text")));
            case "fail" -> {
                failedOn.add(Thread.currentThread());
                throw new IllegalStateException("on purpose");
            }
            case "wrapped" -> wrapped();
            case "late" -> {
                response.flushBuffer();
                texts("select text from Note");
            }
            case "async" -> async(request, response);
            case "missing" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            default -> throw new ServletException("no such thing to do");
        }
    }

    static String tenant() {
        return Tenant.current().orElse("none");
    }

    private List<String> texts(String query) {
        return database.read(
                session -> session.createSelectionQuery(query, String.class).getResultList());
    }

    /** Writes a row, and returns it with all rows that somebody else has written. */
    private List<String> write(String text) {
        database.run(session -> session.persist(new Note(text)));
        return database.read(session -> session.createSelectionQuery(
                        "select text from Note where text = :text or text not like :mine", String.class)
                .setParameter("text", text)
                .setParameter("mine", tenant() + "-%")
                .getResultList());
    }

    private void wrapped() throws ServletException {
        try {
            texts("select text from Note");
        } catch (RuntimeException e) {
            throw new ServletException(e);
        }
    }

    /** Says which tenant was there before, on the thread that dispatches, and after the dispatch. */
    private void async(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            List<?> seen = (List<?>) request.getAttribute("seen");
            database.run(session -> session.persist(new Note("async")));
            response.getWriter().print(seen.get(0) + " " + seen.get(1) + " " + tenant());
        } else {
            AsyncContext context = request.startAsync();
            String before = tenant();
            elsewhere.execute(() -> {
                request.setAttribute("seen", List.of(before, tenant()));
                context.dispatch();
            });
        }
    }

    /** The names of the threads that have failed and have been asked afterwards. */
    boolean askedWhereItFailed() {
        return !Collections.disjoint(failedOn, askedOn);
    }
}
