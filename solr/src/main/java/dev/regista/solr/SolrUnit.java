package dev.regista.solr;

import dev.regista.IncompatibleUnitException;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.AbstractUpdateRequest.ACTION;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.jspecify.annotations.Nullable;

/** A unit of work: what it has collected, and what becomes of that. */
final class SolrUnit implements Unit<SolrSession> {
    private enum State {
        OPEN,
        /** Committed or rolled back; may still be read from. */
        DECIDED,
        RELEASED
    }

    private final SolrBackend backend;
    private final UnitSettings settings;
    private final @Nullable SolrUnit outer;
    private final SolrClient client;
    private final SharedClient.@Nullable Limit limit;
    private final Changes changes;
    private final SolrSession session;
    private State state = State.OPEN;

    SolrUnit(SolrBackend backend, UnitSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.outer = null;
        Duration timeout = settings.timeout();
        if (timeout == null) {
            this.limit = null;
            this.client = backend.client();
        } else {
            this.limit = limit(timeout);
            this.client = backend.clientWithin(limit);
        }
        this.changes = new Changes(backend.key(), null);
        this.session = new DefaultSolrSession(this);
    }

    private SolrUnit(SolrUnit outer) {
        this.backend = outer.backend;
        this.settings = outer.settings;
        this.outer = outer;
        this.client = outer.client;
        this.limit = outer.limit;
        this.changes = new Changes(backend.key(), outer.changes);
        this.session = new DefaultSolrSession(this);
    }

    private static SharedClient.Limit limit(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        return () -> {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw new SolrServerException("the unit's time limit of " + timeout + " is over; nothing was sent");
            }
            return left;
        };
    }

    @Override
    public SolrSession session() {
        return session;
    }

    @Nullable
    String key() {
        return backend.key();
    }

    SolrClient client() {
        if (state == State.RELEASED) {
            throw new IllegalStateException("the unit of work has ended");
        }
        return client;
    }

    Changes changes() {
        return changes;
    }

    /** Takes changes: keeps them, or sends them at once. */
    void write(List<Change> more) throws SolrServerException {
        if (state != State.OPEN) {
            throw new IllegalStateException("the unit of work has ended");
        }
        if (settings.mode() != Mode.WRITE) {
            throw new IncompatibleUnitException(
                    backend.name(), "a unit that only reads added or deleted documents; nothing was sent");
        }
        if (backend.alwaysCommit()) {
            Changes now = new Changes(backend.key(), null);
            now.add(more);
            send(now.requests(), client);
        } else {
            changes.add(more);
        }
    }

    @Override
    public void commit() throws SolrServerException, IOException {
        state = State.DECIDED;
        if (changes.isEmpty()) {
            return;
        }
        SolrUnit surrounding = outer;
        if (surrounding != null) {
            surrounding.changes.add(changes.list());
            return;
        }
        if (limit != null) {
            limit.left();
        }
        if (Thread.currentThread().isInterrupted()) {
            // Once something is sent, an interrupt leaves it open what has been done.
            throw new InterruptedIOException("the thread is interrupted; nothing was sent");
        }
        send(changes.requests(), backend.client());
    }

    /** The last one commits them all. */
    private static void send(List<UpdateRequest> requests, SolrClient client) throws SolrServerException {
        if (!requests.isEmpty()) {
            requests.get(requests.size() - 1).setAction(ACTION.COMMIT, true, true);
        }
        for (UpdateRequest request : requests) {
            try {
                request.process(client);
            } catch (IOException e) {
                throw new SolrServerException(e);
            }
        }
    }

    @Override
    public void rollback() {
        state = State.DECIDED;
        changes.clear();
    }

    @Override
    public void release() {
        state = State.RELEASED;
        changes.clear();
    }

    @Override
    public boolean hasWritten() {
        return !changes.isEmpty();
    }

    @Override
    public Unit<SolrSession> nested() {
        if (backend.alwaysCommit()) {
            throw new UnsupportedOperationException("nested units: it always commits, and can undo nothing");
        }
        return new SolrUnit(this);
    }
}
