package dev.regista.migrations;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Each tenant has its own. */
@Entity
@TenantModel
class Note {
    @Id
    Long id;

    String text;

    Note() {}

    Note(long id, String text) {
        this.id = id;
        this.text = text;
    }
}
