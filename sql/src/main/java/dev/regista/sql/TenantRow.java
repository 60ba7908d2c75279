package dev.regista.sql;

import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.NullUnmarked;

/** A row of the catalogue of tenants, in the shared schema. */
@Entity(name = "dev.regista.Tenant")
@Table(name = TenantRow.TABLE)
@NullUnmarked
class TenantRow {
    static final String TABLE = "regista_tenant";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(length = 63, nullable = false, unique = true)
    String name;

    @Column(name = "schema_name", length = 63, nullable = false, unique = true)
    String schema;

    @Column(length = 20, nullable = false)
    String placement;

    /** A text, not an enum: the database must take the states of later versions. */
    @Column(length = 20, nullable = false)
    String state;

    @Column(nullable = false)
    Instant created;

    TenantRow() {}

    TenantRow(String name, Placement placement, TenantState state) {
        this.name = name;
        this.schema = name;
        this.placement = placement.name();
        this.state = state.name();
        // No database here keeps more.
        this.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private TenantState state() {
        for (TenantState known : TenantState.values()) {
            if (known.name().equals(state)) {
                return known;
            }
        }
        return TenantState.UNKNOWN;
    }

    TenantInfo info() {
        return new TenantInfo(id, name, schema, Placement.valueOf(placement), state(), created);
    }
}
