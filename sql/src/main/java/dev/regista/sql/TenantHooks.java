package dev.regista.sql;

import dev.regista.sql.tenancy.TenantInfo;
import java.util.List;
import java.util.function.Supplier;

/** The hooks of one database, for tenants that come and go. */
record TenantHooks(Supplier<SqlDatabase> database, List<TenantHook> created, List<TenantHook> dropped) {
    void forEachCreated(TenantInfo tenant) {
        created.forEach(hook -> hook.run(database.get(), tenant));
    }

    void forEachDropped(TenantInfo tenant) {
        dropped.forEach(hook -> hook.run(database.get(), tenant));
    }
}
