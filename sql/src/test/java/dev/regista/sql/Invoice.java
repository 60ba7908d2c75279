package dev.regista.sql;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A tenant model with every kind of relation: to a shared model, to tenant models, a join table, a collection table. */
@Entity
@TenantModel
class Invoice {
    @Id
    @GeneratedValue
    Long id;

    String text;
    long total;

    @ManyToOne(fetch = FetchType.LAZY)
    Country country;

    @ManyToMany(cascade = CascadeType.PERSIST)
    Set<Label> labels = new HashSet<>();

    @ElementCollection
    List<String> items = new ArrayList<>();

    Invoice() {}

    Invoice(String text) {
        this.text = text;
    }
}
