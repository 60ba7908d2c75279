package dev.regista.servlet;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** Each tenant has its own. */
@Entity
@TenantModel
class Note {
    @Id
    @GeneratedValue
    Long id;

    String text;

    Note() {}

    Note(String text) {
        this.text = text;
    }
}
