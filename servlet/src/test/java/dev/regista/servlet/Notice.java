package dev.regista.servlet;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** Shared by all. */
@Entity
class Notice {
    @Id
    @GeneratedValue
    Long id;

    String text;

    Notice() {}

    Notice(String text) {
        this.text = text;
    }
}
