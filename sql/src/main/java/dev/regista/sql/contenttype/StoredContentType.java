package dev.regista.sql.contenttype;

import jakarta.persistence.Entity;
import jakarta.persistence.Index;
import jakarta.persistence.Table;

/** The content type that has no other columns, for databases that are given no prototype. */
@Entity(name = "dev.regista.ContentType")
@Table(
        name = "contenttypes",
        indexes = {
            @Index(name = "contenttypes_name", columnList = "name"),
            @Index(name = "contenttypes_schema", columnList = "schema_name")
        })
class StoredContentType extends ContentType {
    /** For Hibernate. */
    StoredContentType() {}
}
