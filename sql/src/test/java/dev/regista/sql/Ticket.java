package dev.regista.sql;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A tenant model that refers to tenant models only. */
@Entity
@TenantModel
class Ticket {
    @Id
    @GeneratedValue
    Long id;

    String text;

    @ManyToMany(cascade = CascadeType.PERSIST)
    Set<Label> labels = new HashSet<>();

    @ElementCollection
    List<String> parts = new ArrayList<>();

    Ticket() {}

    Ticket(String text) {
        this.text = text;
    }
}
