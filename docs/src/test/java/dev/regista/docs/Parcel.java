package dev.regista.docs;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A tenant model that refers to nothing shared, as one in a database of its own must. */
@Entity
@TenantModel
class Parcel {
    @Id
    @GeneratedValue
    Long id;

    String content;

    Parcel() {}

    Parcel(String content) {
        this.content = content;
    }
}
