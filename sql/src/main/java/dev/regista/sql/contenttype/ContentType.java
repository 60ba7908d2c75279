package dev.regista.sql.contenttype;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The content type of a row: a row in a table of its own, which says what kind of row that is and where. It is created with
 * the row, and goes with it.
 *
 * <p>An entity that extends this is a prototype, with columns of its own; see {@link ContentTypeSettings#prototype}. It needs
 * a constructor without parameters, and {@code @Table} for another name of the table than its own. Not safe for use by
 * several threads.
 */
@MappedSuperclass
@NullUnmarked
public abstract class ContentType {
    @Id
    private UUID id;

    @Column(length = 100, nullable = false)
    private String name = "";

    @Column(name = "database_name", length = 100)
    private String database;

    @Column(name = "schema_name", length = 63)
    private String schema;

    @Column(name = "tenant_id")
    private Long tenantId;

    @Column(name = "collision_key", length = 255, unique = true)
    private String collisionKey;

    /** For Hibernate and for prototypes. */
    protected ContentType() {}

    /** Returns the id; null before it has been stored. */
    public final UUID id() {
        return id;
    }

    /** Returns the name of the row's model: its entity name. */
    public final String name() {
        return name;
    }

    /** Returns the database the row is in; empty if it is the one of the content types. */
    public final Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /** Returns the schema the row is in; empty for the default one of its model. */
    public final Optional<String> schema() {
        return Optional.ofNullable(schema);
    }

    /** Returns the {@linkplain dev.regista.sql.tenancy.TenantInfo#id() id of the tenant} whose row it is, if any. */
    public final Optional<Long> tenantId() {
        return Optional.ofNullable(tenantId);
    }

    /** Returns the text that no other content type of any model has. */
    public final Optional<String> collisionKey() {
        return Optional.ofNullable(collisionKey);
    }

    /**
     * Sets the text that no other content type of any model may have, such as an ISBN or a path: what comes second is refused
     * by the database, and neither its row nor its content type remains.
     *
     * @param key at most 255 characters; null for none, the default
     */
    public final void collisionKey(@Nullable String key) {
        this.collisionKey = key;
    }

    /** Returns name and id. */
    @Override
    public String toString() {
        return "content type " + id + " of " + name + (schema == null ? "" : " in " + schema);
    }
}
