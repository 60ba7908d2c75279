package dev.regista.sql;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A shared model: one row for all tenants. */
@Entity
class Country {
    @Id
    @GeneratedValue
    Long id;

    @Column(unique = true)
    String name;

    Country() {}

    Country(String name) {
        this.name = name;
    }
}
