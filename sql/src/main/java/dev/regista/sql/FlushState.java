package dev.regista.sql;

import dev.regista.sql.signal.RelationChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What signals have to remember while a session of a unit of work is flushed. */
final class FlushState {
    private final List<Object> leftOut = new ArrayList<>();
    private @Nullable RelationChange<Object> relation;

    /** An object's insert has been skipped. */
    void leaveOut(Object entity) {
        leftOut.add(entity);
    }

    boolean isLeftOut(Object entity) {
        return leftOut.stream().anyMatch(other -> other == entity);
    }

    /** Returns the objects whose insert was skipped, once. */
    List<Object> takeLeftOut() {
        List<Object> taken = List.copyOf(leftOut);
        leftOut.clear();
        return taken;
    }

    /** Links are being written: afterwards, Hibernate no longer knows which have changed. */
    void begin(@Nullable RelationChange<Object> change) {
        relation = change;
    }

    /** Returns the links that were being written, once. */
    @Nullable
    RelationChange<Object> end() {
        RelationChange<Object> ended = relation;
        relation = null;
        return ended;
    }
}
