package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A look-up of a tenant makes nothing that is there already, and keeps no more than fits. */
class TenantLookUpTest {
    private final SqlDatabase database =
            SqlDatabase.at("jdbc:h2:mem:never").tenantModels(Invoice.class).build("main");

    @Test
    void aTenantIsLookedUpWithoutMakingAnything() {
        assertThat(database.tenant("acme"))
                .isSameAs(database.tenant("acme"))
                .isNotSameAs(database.tenant("beta"))
                .isNotSameAs(database.schema("acme"));
    }

    @Test
    void namesFromOutsideDoNotFillTheHeap() {
        String endless = "a".repeat(64);
        assertThat(database.tenant(endless)).isNotSameAs(database.tenant(endless));
        for (int i = 0; i < 10_000; i++) {
            database.tenant("visitor" + i);
        }
        assertThat(database.tenant("late")).isNotSameAs(database.tenant("late"));
        assertThat(database.tenant("visitor0")).isSameAs(database.tenant("visitor0"));
    }
}
