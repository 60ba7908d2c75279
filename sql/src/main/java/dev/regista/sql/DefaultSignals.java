package dev.regista.sql;

import dev.regista.model.Registration;
import dev.regista.sql.signal.Bulk;
import dev.regista.sql.signal.Delete;
import dev.regista.sql.signal.RelationChange;
import dev.regista.sql.signal.Save;
import dev.regista.sql.signal.Signals;
import dev.regista.sql.signal.UnitEnd;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;

/** The listeners of one database, for as long as it is built; mappings come and go. */
final class DefaultSignals implements Signals {
    private enum Need {
        SAVES,
        DELETES,
        RELATIONS
    }

    private final Listeners<Save<Object>> beforeSave = new Listeners<>(() -> need(Need.SAVES));
    private final Listeners<Save<Object>> afterSave = new Listeners<>(() -> need(Need.SAVES));
    private final Listeners<Delete<Object>> beforeDelete = new Listeners<>(() -> need(Need.DELETES));
    private final Listeners<Delete<Object>> afterDelete = new Listeners<>(() -> need(Need.DELETES));
    private final Listeners<RelationChange<Object>> beforeRelation = new Listeners<>(() -> need(Need.RELATIONS));
    private final Listeners<RelationChange<Object>> afterRelation = new Listeners<>(() -> need(Need.RELATIONS));
    private final Listeners<Bulk<Object>> beforeBulk = new Listeners<>(() -> {});
    private final Listeners<Bulk<Object>> afterBulk = new Listeners<>(() -> {});
    private final Listeners<UnitEnd> committed = new Listeners<>(() -> {});
    private final Listeners<UnitEnd> rolledBack = new Listeners<>(() -> {});

    private final String database;
    private final BulkSignals bulk;
    private final Set<Need> needs = EnumSet.noneOf(Need.class);

    /** The factories that are there, each with what it has been told to tell. */
    private final Map<SessionFactoryImplementor, Set<Need>> factories = new WeakHashMap<>();

    DefaultSignals(String database) {
        this.database = database;
        this.bulk = new BulkSignals(database, beforeBulk, afterBulk);
    }

    /** Has a new factory tell what somebody listens to, now or later. */
    synchronized void listenTo(SessionFactoryImplementor factory) {
        factories.put(factory, EnumSet.noneOf(Need.class));
        needs.forEach(this::tellFactories);
    }

    private synchronized void need(Need need) {
        needs.add(need);
        tellFactories(need);
    }

    private void tellFactories(Need need) {
        factories.forEach((factory, told) -> {
            if (told.add(need)) {
                listenTo(factory.getEventEngine().getListenerRegistry(), need);
            }
        });
    }

    private void listenTo(EventListenerRegistry registry, Need need) {
        switch (need) {
            case SAVES -> new SaveSignals(database, beforeSave, afterSave).listenTo(registry);
            case DELETES -> new DeleteSignals(database, beforeDelete, afterDelete).listenTo(registry);
            case RELATIONS -> new RelationSignals(database, beforeRelation, afterRelation).listenTo(registry);
        }
    }

    BulkSignals bulk() {
        return bulk;
    }

    Listeners<UnitEnd> committed() {
        return committed;
    }

    Listeners<UnitEnd> rolledBack() {
        return rolledBack;
    }

    @Override
    public <T> Registration beforeSave(Class<T> model, Consumer<? super Save<T>> listener) {
        return beforeSave.add(model, listener);
    }

    @Override
    public <T> Registration afterSave(Class<T> model, Consumer<? super Save<T>> listener) {
        return afterSave.add(model, listener);
    }

    @Override
    public <T> Registration beforeDelete(Class<T> model, Consumer<? super Delete<T>> listener) {
        return beforeDelete.add(model, listener);
    }

    @Override
    public <T> Registration afterDelete(Class<T> model, Consumer<? super Delete<T>> listener) {
        return afterDelete.add(model, listener);
    }

    @Override
    public <T> Registration beforeBulk(Class<T> model, Consumer<? super Bulk<T>> listener) {
        return beforeBulk.add(model, listener);
    }

    @Override
    public <T> Registration afterBulk(Class<T> model, Consumer<? super Bulk<T>> listener) {
        return afterBulk.add(model, listener);
    }

    @Override
    public <T> Registration beforeRelation(Class<T> model, Consumer<? super RelationChange<T>> listener) {
        return beforeRelation.add(model, listener);
    }

    @Override
    public <T> Registration afterRelation(Class<T> model, Consumer<? super RelationChange<T>> listener) {
        return afterRelation.add(model, listener);
    }

    @Override
    public Registration afterCommit(Consumer<? super UnitEnd> listener) {
        return committed.add(UnitEnd.class, listener);
    }

    @Override
    public Registration afterRollback(Consumer<? super UnitEnd> listener) {
        return rolledBack.add(UnitEnd.class, listener);
    }
}
