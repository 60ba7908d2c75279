package dev.regista.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client connection, with the one behind it that it is forwarded to, or with nothing behind it. */
final class Link {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int BUFFER = 8_192;
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Socket client;
    private final @Nullable Socket target;
    private final Gate gate;
    private final Consumer<Link> ended;
    private final List<Thread> threads;
    private final AtomicInteger running;
    private volatile boolean cut;

    private Link(Socket client, @Nullable Socket target, Gate gate, Consumer<Link> ended) {
        this.client = client;
        this.target = target;
        this.gate = gate;
        this.ended = ended;
        this.threads = target == null
                ? List.of(thread("read", () -> pump(client, null)))
                : List.of(thread("send", () -> pump(client, target)), thread("receive", () -> pump(target, client)));
        this.running = new AtomicInteger(threads.size());
    }

    static Link toNowhere(Socket client, Gate gate, Consumer<Link> ended) {
        return new Link(client, null, gate, ended);
    }

    static Link to(InetSocketAddress address, Socket client, Gate gate, Consumer<Link> ended) throws IOException {
        Socket target = new Socket();
        try {
            target.connect(address, CONNECT_MILLIS);
            target.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            target.close();
            throw e;
        }
        return new Link(client, target, gate, ended);
    }

    private Thread thread(String what, Runnable work) {
        Thread thread = new Thread(work, "faulty-server-" + client.getLocalPort() + "-" + what);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void pump(Socket from, @Nullable Socket to) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (to != null) {
                    gate.pass(() -> cut);
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
            if (to != null) {
                gate.pass(() -> cut);
                to.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("{} ended", Thread.currentThread().getName(), e);
            // A connection that breaks on one side breaks on the other.
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        } finally {
            if (running.decrementAndGet() == 0) {
                sockets().forEach(Listener::closeQuietly);
                ended.accept(this);
            }
        }
    }

    private Stream<Socket> sockets() {
        return Stream.of(client, target).filter(socket -> socket != null);
    }

    /** Resets both sides; without lingering, closing sends a reset and drops what was not sent. */
    void cut() {
        cut = true;
        sockets().forEach(socket -> {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                LOG.debug("Closed already", e);
            }
            Listener.closeQuietly(socket);
        });
    }

    void join(int millis) {
        for (Thread thread : threads) {
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
