package dev.regista.sql;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** The other side of a relation to {@link Book}. */
@Entity
class Review {
    @Id
    @GeneratedValue
    Long id;

    @ManyToOne
    Book book;

    String text;

    Review() {}

    Review(Book book, String text) {
        this.book = book;
        this.text = text;
    }
}
