package dev.regista.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP server that misbehaves on demand, on a port of the loopback interface: one that never answers, one that hangs up,
 * or one that forwards to a real server until it is told to cut, refuse or freeze.
 *
 * <p>Whoever made it closes it; nothing, neither port nor thread, is left then. Its threads are daemons. Thread-safe.
 */
public final class FaultyServer implements AutoCloseable {

    private static final int JOIN_MILLIS = 5_000;

    private final Behaviour behaviour;
    private final Gate gate = new Gate();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final int port;

    /** Guarded by this; null while new connections are refused. */
    private @Nullable Listener listener;

    /** Guarded by this. */
    private boolean closed;

    private FaultyServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        Listener first = Listener.onAnyPort(this::accept);
        this.listener = first;
        this.port = first.port();
    }

    /** What becomes of a connection; null if it was ended already. */
    @FunctionalInterface
    private interface Behaviour {
        @Nullable
        Link take(Socket client, FaultyServer server) throws IOException;
    }

    /**
     * Starts a server that accepts every connection, reads all that is sent, and never answers.
     *
     * @return the running server
     * @throws UncheckedIOException if no port can be opened
     */
    public static FaultyServer silent() {
        return new FaultyServer((client, server) -> Link.toNowhere(client, server.gate, server.links::remove));
    }

    /**
     * Starts a server that accepts every connection and closes it at once.
     *
     * @return the running server
     * @throws UncheckedIOException if no port can be opened
     */
    public static FaultyServer hangingUp() {
        return new FaultyServer((client, server) -> {
            client.close();
            return null;
        });
    }

    /**
     * Starts a server that forwards every connection, unharmed for now. A connection ends at once while the target
     * cannot be reached.
     *
     * @param host where to forward to
     * @param port where to forward to
     * @return the running server
     * @throws UncheckedIOException if no port can be opened
     */
    public static FaultyServer forwardingTo(String host, int port) {
        return new FaultyServer((client, server) ->
                Link.to(new InetSocketAddress(host, port), client, server.gate, server.links::remove));
    }

    /** {@return the loopback address to connect to} */
    public String host() {
        return "127.0.0.1";
    }

    /** {@return the port to connect to, the same until {@link #close()}} */
    public int port() {
        return port;
    }

    /** {@return how many connections are open now} */
    public int connections() {
        return links.size();
    }

    /** Resets all present connections, on both sides of a forwarder. New ones are not affected. */
    public void cut() {
        links.forEach(Link::cut);
        gate.wake();
    }

    /**
     * Refuses new connections, as a host does on which nothing listens, until {@link #restore()}. Present connections
     * are not affected.
     */
    public synchronized void refuse() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /**
     * Stops all traffic of a forwarder in both directions until {@link #restore()}: connections stay open, new ones are
     * accepted, and what is sent meanwhile waits. The other kinds of server have no traffic to stop.
     */
    public void freeze() {
        gate.shut();
    }

    /**
     * Ends {@link #refuse()} and {@link #freeze()}; what was sent while frozen is delivered. Connections that were cut
     * stay so.
     *
     * @throws IllegalStateException if this server is closed
     * @throws UncheckedIOException if another process has taken the port since it refused
     */
    public synchronized void restore() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        if (listener == null) {
            listener = Listener.on(port, this::accept);
        }
        gate.open();
    }

    private void accept(Socket client) throws IOException {
        Link link = behaviour.take(client, this);
        if (link != null) {
            links.add(link);
            link.start();
        }
    }

    /** Resets all connections, frees the port and waits until the threads have ended. Later calls do nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            // Nothing is accepted after this, so the links below are all there are.
            refuse();
        }
        for (Link link : links) {
            link.cut();
            gate.wake();
            link.join(JOIN_MILLIS);
        }
    }

    @Override
    public String toString() {
        return "FaultyServer at " + host() + ":" + port;
    }
}
