package dev.regista.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in between that makes each round trip longer: what the client sends goes on at once, what the server answers is
 * held back. Answers that overlap are each held back as long as one is, as on a wire; throughput is not limited.
 */
final class DelayProxy implements AutoCloseable {
    private static final int BUFFER = 65_536;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final long delay;

    private static final class Chunk {
        private final byte[] bytes;
        private final long due;

        Chunk(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }
    }

    private DelayProxy(ServerSocket listener, InetSocketAddress server, Duration delay) {
        this.listener = listener;
        this.server = server;
        this.delay = delay.toNanos();
    }

    /** Starts one before the server at a JDBC URL. */
    static DelayProxy before(String url, Duration delay) throws IOException {
        String[] address = url.replaceFirst("^[^/]*//([^/]+)/.*$", "$1").split(":", -1);
        DelayProxy proxy = new DelayProxy(
                new ServerSocket(0, 200, InetAddress.getLoopbackAddress()),
                new InetSocketAddress(address[0], Integer.parseInt(address[1])),
                delay);
        start("accept", proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Ends without a word when a socket is closed: that is how connections end here. */
    private static void start(String name, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "delay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket target = new Socket();
            target.connect(server);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            BlockingQueue<Chunk> answers = new LinkedBlockingQueue<>();
            start("send", () -> closingBoth(client, target, () -> send(client, target)));
            start("receive", () -> receive(target, answers));
            start("deliver", () -> closingBoth(client, target, () -> deliver(answers, client)));
        }
    }

    private static void closingBoth(Socket client, Socket target, Step step) throws IOException, InterruptedException {
        try (client;
                target) {
            step.run();
        }
    }

    private static void send(Socket client, Socket target) throws IOException {
        client.getInputStream().transferTo(target.getOutputStream());
    }

    private void receive(Socket target, BlockingQueue<Chunk> answers) throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream in = target.getInputStream();
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answers.add(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delay));
            }
        } finally {
            answers.add(new Chunk(new byte[0], System.nanoTime() + delay));
        }
    }

    /** Until the empty chunk, which is the end. */
    private static void deliver(BlockingQueue<Chunk> answers, Socket client) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        for (Chunk chunk = answers.take(); chunk.bytes.length > 0; chunk = answers.take()) {
            for (long left = chunk.due - System.nanoTime(); left > 0; left = chunk.due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            out.write(chunk.bytes);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
