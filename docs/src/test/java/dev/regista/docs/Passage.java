package dev.regista.docs;

import dev.regista.sql.contenttype.ContentType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

// tag::model[]
/** A content type with a column of its own. */
@Entity
@Table(name = "passages")
class Passage extends ContentType {
    @Column(length = 200)
    String remark;
}
// end::model[]
