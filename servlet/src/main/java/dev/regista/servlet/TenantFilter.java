package dev.regista.servlet;

import dev.regista.TenantSuspendedException;
import dev.regista.routing.Tenant;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs each request with the {@linkplain Tenant ambient tenant} that it names, and without one if it names none: such a
 * request sees the shared rows, and what needs a tenant fails. What held on the thread before holds again afterwards, also
 * after an exception.
 *
 * <pre>{@code
 * var filter = context.addFilter("tenant", TenantFilter.byHeader("X-Tenant", database.tenants()::exists));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
 * }</pre>
 *
 * <p>It answers itself, before any other work, by {@link HttpServletResponse#sendError(int)} and without a word of its
 * own about the name:
 *
 * <ul>
 *   <li>404 to a name that is no tenant, or could not be one: empty or blank, longer than 63 characters, with quotes or
 *       control characters; and to what the factory methods say
 *   <li>400 to several names that differ, and to no name if one is {@linkplain #required() required}
 *   <li>403 if a {@link TenantSuspendedException} for the tenant of the request comes out of the rest of the chain, itself
 *       or as the root cause of a {@link ServletException}, and nothing has been sent yet and the request is not
 *       asynchronous; every other exception passes
 * </ul>
 *
 * <p>The tenant is decided at the first dispatch that this filter is mapped to, and kept in a request attribute for the
 * others. Map it to {@link DispatcherType#REQUEST}, and to {@link DispatcherType#ASYNC} if there are asynchronous
 * requests, whose {@code dispatch()} comes on another thread. Forwards and includes run inside the request, and so in its
 * tenant. Mapped to {@link DispatcherType#ERROR}, error pages run in it too, and without a tenant where this filter refused
 * the request. Other threads of a request, such as those of {@code AsyncContext.start} and of listeners of non-blocking
 * input and output, have no tenant: see {@link dev.regista.routing.Routing#capture()}.
 *
 * <p>The name of the tenant is no proof that the client may see it: that is for the application to check.
 *
 * <p>Of two of these filters, the inner one decides. Immutable, and safe for use by several threads. For HTTP only.
 */
public final class TenantFilter implements Filter {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"'`]{1,63}");

    private final TenantSource source;
    private final Predicate<? super String> exists;
    private final boolean required;

    /** Of this filter alone: there may be several in an application. */
    private final String attribute = TenantFilter.class.getName() + "." + UUID.randomUUID();

    private TenantFilter(TenantSource source, Predicate<? super String> exists, boolean required) {
        this.source = source;
        this.exists = Objects.requireNonNull(exists, "exists");
        this.required = required;
    }

    /**
     * The tenant is the value of a header, letter by letter. Several headers must have the same value. A value with commas
     * is one name, not several.
     *
     * @param header its name, such as {@code X-Tenant}; without regard to case
     * @param exists whether there is a tenant of that name, such as {@code database.tenants()::exists}; called once per
     *     request that names one, by many threads at the same time
     * @throws IllegalArgumentException if the name of the header is blank
     */
    public static TenantFilter byHeader(String header, Predicate<? super String> exists) {
        return new TenantFilter(new TenantSource.Header(header), exists, false);
    }

    /**
     * The tenant is what comes before the domain in {@link HttpServletRequest#getServerName()}: in {@code
     * acme.example.com} it is {@code acme}, in {@code example.com} there is none. Every other host, also {@code
     * a.b.example.com}, is answered by 404. The port does not matter. Hosts are without regard to case, so the name is put
     * into lower case; a tenant whose name has capitals is not found.
     *
     * @param domain such as {@code example.com}
     * @param exists whether there is a tenant of that name, such as {@code database.tenants()::exists}; called once per
     *     request that names one, by many threads at the same time
     * @throws IllegalArgumentException if that is no domain, such as because it has a port
     */
    public static TenantFilter bySubdomain(String domain, Predicate<? super String> exists) {
        return new TenantFilter(new TenantSource.Subdomain(domain), exists, false);
    }

    /**
     * The tenant is the first segment of the path after the context path, letter by letter, as the container decoded it.
     * The root, {@code /}, has none. The segment stays in the path: the container has chosen the servlet by it already. So
     * {@code /acme/orders} reaches the servlet that is mapped to {@code /*}, which finds the path info {@code
     * /acme/orders}. Paths without tenants, such as that of images, are better not mapped to this filter.
     *
     * @param exists whether there is a tenant of that name, such as {@code database.tenants()::exists}; called once per
     *     request that names one, by many threads at the same time
     */
    public static TenantFilter byPath(Predicate<? super String> exists) {
        return new TenantFilter(new TenantSource.Path(), exists, false);
    }

    /** Returns a filter like this one that answers requests which name no tenant by 400. By default they run without one. */
    public TenantFilter required() {
        return new TenantFilter(source, exists, true);
    }

    /**
     * Runs the rest of the chain in the tenant of the request, or answers without it.
     *
     * @throws ServletException if the request is not HTTP, and what comes from the rest of the chain
     * @throws IOException what comes from the rest of the chain
     */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("This filter is for HTTP, not for " + request.getProtocol());
        }
        if (http.getAttribute(attribute) instanceof TenantSource.Said said) {
            run(said.name(), http, answer, chain);
        } else if (http.getDispatcherType() == DispatcherType.ERROR) {
            // Decided before it was refused, or never: asking again would refuse the error page too.
            run(null, http, answer, chain);
        } else {
            decide(http, answer, chain);
        }
    }

    private void decide(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        TenantSource.Said said = source.read(request);
        int refusal = refusal(said);
        if (refusal != 0) {
            response.sendError(refusal);
        } else {
            request.setAttribute(attribute, said);
            run(said.name(), request, response, chain);
        }
    }

    private int refusal(TenantSource.Said said) {
        String name = said.name();
        if (said.refusal() != 0) {
            return said.refusal();
        }
        if (name == null) {
            return required ? HttpServletResponse.SC_BAD_REQUEST : 0;
        }
        boolean known = !name.isBlank() && NAME.matcher(name).matches() && exists.test(name);
        return known ? 0 : HttpServletResponse.SC_NOT_FOUND;
    }

    private static void run(
            @Nullable String name, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Tenant tenant = name == null ? Tenant.none() : Tenant.of(name);
        try {
            tenant.<Exception>run(() -> chain.doFilter(request, response));
        } catch (IOException | ServletException | RuntimeException e) {
            if (!isSuspended(name, e) || response.isCommitted() || request.isAsyncStarted()) {
                throw e;
            }
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } catch (Exception e) {
            // A chain written in another language may throw what it does not declare.
            throw new ServletException(e);
        }
    }

    private static boolean isSuspended(@Nullable String name, Exception e) {
        Throwable cause = e instanceof ServletException wrapped ? wrapped.getRootCause() : e;
        return cause instanceof TenantSuspendedException suspended
                && suspended.tenant().equals(name);
    }
}
