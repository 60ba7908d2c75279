package dev.regista.sql;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;

/** A tenant model whose sequence has a name of its own. */
@Entity
@TenantModel
class Label {
    @Id
    @GeneratedValue(generator = "label_ids")
    @SequenceGenerator(name = "label_ids", sequenceName = "label_ids", allocationSize = 10)
    Long id;

    String text;

    Label() {}

    Label(String text) {
        this.text = text;
    }
}
