package dev.regista.docs;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** Something that happened, in the analytics database. */
@Entity
class Event {
    @Id
    @GeneratedValue
    Long id;

    String what;

    Event() {}

    Event(String what) {
        this.what = what;
    }
}
