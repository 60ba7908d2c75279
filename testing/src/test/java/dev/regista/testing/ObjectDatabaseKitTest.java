package dev.regista.testing;

import dev.regista.Database;
import dev.regista.object.ObjectDatabase;
import dev.regista.object.ObjectDatabaseBuilder;
import dev.regista.testing.Store.Tx;
import java.util.Set;

class ObjectDatabaseKitTest extends DatabaseKit<Tx> {
    private final Store store = new Store();

    @Override
    protected ObjectDatabaseBuilder<Store, Tx> database() {
        return ObjectDatabase.of(store, Tx.class, Store::begin)
                .commit(Tx::commit)
                .rollback(Tx::rollback)
                .release(Tx::release);
    }

    @Override
    protected void write(Tx session, String key) {
        session.put(key);
    }

    @Override
    protected boolean exists(Tx session, String key) {
        return session.contains(key);
    }

    @Override
    protected int held(Database<Tx> database) {
        return store.transactions();
    }

    @Override
    protected Set<Feature> lacks() {
        return Set.of(Feature.SAVEPOINTS, Feature.READ_ONLY, Feature.ISOLATION, Feature.TIMEOUT, Feature.READ_CHECK);
    }
}
