package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {
    private final TenantDirectory directory = new TenantDirectory("main");

    private static TenantInfo tenant(long id, String name, TenantState state) {
        return new TenantInfo(id, name, name, Placement.SCHEMA, state, Instant.EPOCH.plusSeconds(id));
    }

    @Test
    void whatChangesWhileTheCatalogueIsReadIsNotOverwrittenByWhatWasBefore() {
        TenantInfo suspended = tenant(1, "suspended", TenantState.ACTIVE);
        TenantInfo dropped = tenant(2, "dropped", TenantState.ACTIVE);
        TenantInfo goneElsewhere = tenant(3, "gone", TenantState.ACTIVE);
        TenantInfo renamed = tenant(4, "before", TenantState.ACTIVE);
        List<TenantInfo> all = List.of(suspended, dropped, goneElsewhere, renamed);
        all.forEach(directory::put);

        TenantDirectory.Reading reading = directory.beginReading();
        directory.put(tenant(1, "suspended", TenantState.SUSPENDED));
        directory.remove(dropped);
        directory.put(tenant(4, "after", TenantState.ACTIVE));
        directory.put(tenant(5, "created", TenantState.ACTIVE));
        directory.replaceAll(reading, List.of(suspended, dropped, renamed, tenant(6, "elsewhere", TenantState.ACTIVE)));
        directory.endReading(reading);

        assertThat(directory.list())
                .extracting(TenantInfo::name)
                .containsExactly("after", "created", "elsewhere", "suspended");
        assertThat(directory.get("suspended").state()).isEqualTo(TenantState.SUSPENDED);
    }

    @Test
    void aLaterReadingReplacesEverything() {
        directory.put(tenant(1, "a", TenantState.ACTIVE));
        TenantDirectory.Reading reading = directory.beginReading();
        directory.replaceAll(reading, List.of(tenant(2, "a", TenantState.ACTIVE)));
        directory.endReading(reading);

        assertThat(directory.get("a").id()).isEqualTo(2);
        assertThat(directory.list()).hasSize(1);
    }
}
