package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.UnmappedModelException;
import dev.regista.model.Registration;
import dev.regista.sql.reference.DanglingReferenceException;
import dev.regista.sql.reference.Ref;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows references between the SQL databases of one registry or several, and does what a foreign key does when an object
 * is deleted: a constraint cannot, as the two are in different databases. What the databases are is looked up each time.
 *
 * <p>Two databases are not one transaction. See {@link #enforce()} for what that means.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class References {
    private final List<Registry> registries;
    private final @Nullable String tenant;

    private References(List<Registry> registries, @Nullable String tenant) {
        this.registries = registries;
        this.tenant = tenant;
    }

    /**
     * Returns the references between the databases of some registries.
     *
     * @param registries looked through in this order
     */
    public static References of(Registry... registries) {
        return new References(List.of(registries), null);
    }

    /**
     * Returns the same for the objects of a tenant, whatever {@link dev.regista.routing.Tenant} says. A column holds an id,
     * and no tenant: to load a tenant model, one has to be stated, here or there.
     */
    public References tenant(String name) {
        return new References(registries, Objects.requireNonNull(name, "name"));
    }

    /**
     * Loads an object, in a unit that reads. It joins the unit under way on this thread in the object's database, schema
     * and tenant, if there is one; otherwise the object is detached.
     *
     * @throws DanglingReferenceException if it does not exist
     * @throws UnmappedModelException if no SQL database of the registries has the model
     * @throws dev.regista.TenantRequiredException if it is a tenant model, and no tenant is stated
     */
    public <T> T load(Ref<T> reference) {
        return find(reference)
                .orElseThrow(() -> new DanglingReferenceException(
                        reference, databaseOf(reference.target()).name()));
    }

    /**
     * Loads an object, as {@link #load}, or returns empty if it does not exist.
     *
     * @throws UnmappedModelException if no SQL database of the registries has the model
     * @throws dev.regista.TenantRequiredException if it is a tenant model, and no tenant is stated
     */
    public <T> Optional<T> find(Ref<T> reference) {
        T found = unitsOf(reference.target())
                .<@Nullable T, RuntimeException>read(session -> session.find(reference.target(), reference.id()));
        return Optional.ofNullable(found);
    }

    /**
     * Loads several objects of one model, in one query.
     *
     * @return those that exist, by their references, in the order given
     * @throws IllegalArgumentException if they are of different models
     * @throws UnmappedModelException if no SQL database of the registries has the model
     * @throws dev.regista.TenantRequiredException if it is a tenant model, and no tenant is stated
     */
    public <T> Map<Ref<T>, T> findAll(Collection<Ref<T>> references) {
        Set<Ref<T>> distinct = new LinkedHashSet<>(references);
        Map<Ref<T>, T> found = new LinkedHashMap<>();
        if (distinct.isEmpty()) {
            return found;
        }
        Class<T> target = distinct.iterator().next().target();
        if (distinct.stream().anyMatch(ref -> ref.target() != target)) {
            throw new IllegalArgumentException("The references are of different models");
        }
        List<Ref<T>> asked = List.copyOf(distinct);
        List<T> objects = unitsOf(target)
                .read(session ->
                        session.findMultiple(target, asked.stream().map(Ref::id).toList()));
        for (int i = 0; i < asked.size(); i++) {
            T object = objects.get(i);
            if (object != null) {
                found.put(asked.get(i), object);
            }
        }
        return found;
    }

    private SqlUnits unitsOf(Class<?> target) {
        DefaultSqlDatabase database = databaseOf(target);
        return tenant != null && database.isTenantModel(target) ? database.tenant(tenant) : database;
    }

    /**
     * Has {@link dev.regista.sql.reference.OnTargetDelete} done from now on, in all models that the databases have now.
     *
     * <p><b>Restrict</b> is checked in the unit that deletes, before anything is sent; an object that begins to refer to it
     * meanwhile is not seen. <b>Cascade</b> and <b>set null</b> are done once that unit has been committed, in a unit of
     * their own, tried again up to three times if it meets another one, with {@code remove}, so that what hangs on those
     * objects follows. A deletion that is rolled back changes nothing. If the second unit fails, or the process ends
     * between the two, references remain that dangle; the failure is logged, and {@link #repair()} does what was left.
     *
     * <p>Objects that queries delete in a bulk are not known one by one: under a restrict, such a query is refused with a
     * {@link dev.regista.NotSupportedException}; else, all references to the model are looked at afterwards, as
     * {@link #repair()} does. Native queries, plain JDBC and cascades of the database are not seen.
     *
     * @return stops it
     * @throws UnmappedModelException if no SQL database has a model that is referred to
     * @throws ConfigurationException if an annotation cannot be followed: on something that is no reference to one model,
     *     or from a shared model to a tenant model, as its column does not say of which tenant
     */
    public Registration enforce() {
        List<Registration> registered =
                rules().stream().flatMap(rule -> rule.listen().stream()).toList();
        return () -> registered.stream().filter(Registration::unregister).count() > 0;
    }

    /**
     * Looks for references that dangle, and does what their annotation says: for cascade and set null. For what a failure
     * has left. Reads every distinct reference, and looks it up, in portions. An object that is created in its database
     * after what refers to it must have been committed, or its references are taken for dangling.
     *
     * @return how many references dangled
     * @throws UnmappedModelException if no SQL database has a model that is referred to
     */
    public int repair() {
        return rules().stream().mapToInt(EnforcedRule::repair).sum();
    }

    private List<EnforcedRule> rules() {
        return databases().stream()
                .flatMap(database -> database.models().stream()
                        .flatMap(model -> RefRule.of(model).stream())
                        .map(rule -> EnforcedRule.of(rule, database, databaseOf(rule.target()))))
                .toList();
    }

    private Set<DefaultSqlDatabase> databases() {
        Set<DefaultSqlDatabase> found = new LinkedHashSet<>();
        registries.forEach(registry -> registry.databases().values().forEach(database -> {
            if (database instanceof DefaultSqlDatabase sql) {
                found.add(sql);
            }
        }));
        return found;
    }

    private DefaultSqlDatabase databaseOf(Class<?> target) {
        for (Registry registry : registries) {
            Optional<Database<?>> found = registry.findDatabaseOf(target);
            if (found.isPresent() && found.get() instanceof DefaultSqlDatabase sql) {
                return sql;
            }
        }
        Map<String, Collection<Class<?>>> existing = new LinkedHashMap<>();
        databases().forEach(database -> existing.put(database.name(), database.models()));
        throw new UnmappedModelException(target, existing);
    }
}
