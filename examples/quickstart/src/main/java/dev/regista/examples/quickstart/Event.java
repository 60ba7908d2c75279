package dev.regista.examples.quickstart;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Something that happened in the shop; lives in the analytics database. */
@Entity
public class Event {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String what = "";

    /** For Hibernate. */
    protected Event() {}

    /** Makes an event that has not been written yet. */
    public Event(String what) {
        this.what = what;
    }

    /** Returns the id; {@code null} until the event has been persisted. */
    public @Nullable Long id() {
        return id;
    }

    /** Returns what happened. */
    public String what() {
        return what;
    }
}
