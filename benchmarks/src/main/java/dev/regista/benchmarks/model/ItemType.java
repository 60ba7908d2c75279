package dev.regista.benchmarks.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** What a content type is, mapped by hand: the same columns. */
@Entity
@Table(indexes = {@Index(columnList = "name"), @Index(columnList = "schemaName")})
@SuppressWarnings("UnusedVariable") // Hibernate reads them
public class ItemType {
    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private @Nullable UUID id;

    @Column(length = 100, nullable = false)
    private String name = "TypedItem";

    @Column(length = 100)
    private @Nullable String databaseName;

    @Column(length = 63)
    private @Nullable String schemaName;

    private @Nullable Long tenantId;

    @Column(unique = true)
    private @Nullable String collisionKey;

    /** Makes the type of an item that is to be inserted. */
    public ItemType() {}
}
