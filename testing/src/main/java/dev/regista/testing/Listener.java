package dev.regista.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port and the thread that accepts on it. */
final class Listener implements AutoCloseable {

    /**
     * Below the ports that systems hand out to clients: else, while this port refuses, a client could be given it and
     * even connect to itself.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final int ATTEMPTS = 100;
    private static final int JOIN_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final ServerSocket socket;
    private final Handler handler;
    private final Thread thread;

    private Listener(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
        this.thread = new Thread(this::run, "faulty-server-" + port() + "-accept");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    interface Handler {
        void handle(Socket client) throws IOException;
    }

    static Listener onAnyPort(Handler handler) {
        for (int attempt = 1; ; attempt++) {
            try {
                return on(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT), handler);
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof BindException) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    static Listener on(int port, Handler handler) {
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return new Listener(socket, handler);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void run() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                handle(client);
            } catch (IOException e) {
                LOG.debug("{} has stopped accepting", thread.getName(), e);
            }
        }
    }

    private void handle(Socket client) {
        try {
            handler.handle(client);
        } catch (IOException e) {
            LOG.debug("{}: connection not taken", thread.getName(), e);
            closeQuietly(client);
        }
    }

    static void closeQuietly(@Nullable Closeable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("Closing failed", e);
        }
    }

    /** Closes the port; when this returns, no accepted connection is still on its way to the handler. */
    @Override
    public void close() {
        closeQuietly(socket);
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
