package dev.regista.spi;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.Holder;
import dev.regista.Isolation;
import dev.regista.Registry;
import dev.regista.Units;
import dev.regista.UnmappedModelException;
import dev.regista.Work;
import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Base of every kind of database: life cycle with reference counting, and units of work with joining, retries and error
 * handling. A kind adds {@link #open()}, which makes its {@link Backend}.
 *
 * @param <S> the session
 * @param <D> the kind's own type, as its hooks see it
 */
public abstract class AbstractDatabase<S, D extends Database<S>> implements Database<S>, ModelHost {
    private final DatabaseSettings<D> settings;
    private final Class<S> sessionType;
    private final Lifecycle<S> lifecycle;
    private final Units<S> units;
    private final HostedModels hosted;

    /**
     * For subclasses. Must do no I/O.
     *
     * @param settings what every kind can be told
     * @param sessionType the type of the sessions
     */
    protected AbstractDatabase(DatabaseSettings<D> settings, Class<S> sessionType) {
        this.settings = settings;
        this.sessionType = sessionType;
        this.lifecycle = new Lifecycle<>(settings, this::open, () -> self(), failure -> translate(failure));
        this.units = units(Unit::session);
        this.hosted = new HostedModels(settings.models());
    }

    /**
     * Opens the database: makes its pool, driver or client and checks that the server answers. Called on a thread of its
     * own, which is interrupted after the connect timeout; what it returns after that is closed at once.
     *
     * @throws dev.regista.ConfigurationException if the settings cannot work: reported as it is, and not tried again
     * @throws Exception the original failure: reported as the cause of an {@link dev.regista.OpenFailedException}
     */
    protected abstract Backend<S> open() throws Exception;

    /** Returns this database as its own type, for its hooks. */
    protected abstract D self();

    /**
     * Returns units of work on this database that see another session than {@code S}. They join those that do not.
     *
     * @param view the session of a unit, the same one each time it is asked
     */
    protected final <T> Units<T> units(Function<? super Unit<S>, ? extends T> view) {
        return units(view, this::scope);
    }

    /**
     * Returns units of work on this database that see another session than {@code S}, in a part of it. They join those of
     * an equal scope.
     *
     * @param view the session of a unit, the same one each time it is asked
     * @param scope asked each time a unit begins, on its thread; see {@link UnitSettings#scope()}. What it throws, the
     *     caller of the unit gets, before anything has begun
     */
    protected final <T> Units<T> units(
            Function<? super Unit<S>, ? extends T> view, Supplier<? extends @Nullable Object> scope) {
        return new UnitRunner<>(lifecycle, view, scope);
    }

    /**
     * Returns the part of the database in which a unit works that begins on this thread now and states none. Default:
     * {@code null}, all of it.
     */
    protected @Nullable Object scope() {
        return null;
    }

    /**
     * Returns the innermost unit of work that this thread has under way in a part of this database, or {@code null} if
     * there is none. Units in their explicit form are of no thread, and not found.
     *
     * @param scope the part; see {@link UnitSettings#scope()}
     */
    protected final @Nullable Unit<?> underWay(@Nullable Object scope) {
        Frame frame = Frame.find(lifecycle, scope);
        return frame == null ? null : frame.unit();
    }

    /** Returns what every kind can be told. */
    protected final DatabaseSettings<D> settings() {
        return settings;
    }

    /**
     * Returns the live side, for what is neither a unit of work nor part of the life cycle.
     *
     * @throws dev.regista.NotOpenException if this database is not open
     * @throws dev.regista.DatabaseDownException if it is down
     */
    protected final Backend<S> backend() {
        return lifecycle.backend();
    }

    @Override
    public final String name() {
        return settings.name();
    }

    @Override
    public final Set<Class<?>> models() {
        return hosted.classes();
    }

    // ---- models

    /**
     * Returns the model that a class is. Default: any class is one, under its simple name, except an abstract one.
     *
     * @param database what the registry calls this database
     * @param type a class that is here, or is to be added
     * @return empty if the class is mapped with the models but is none
     * @throws dev.regista.ConfigurationException if it cannot be mapped here at all
     */
    @Override
    public Optional<Model> findModel(String database, Class<?> type) {
        return Modifier.isAbstract(type.getModifiers())
                ? Optional.empty()
                : Optional.of(new PlainModel(type.getSimpleName(), type, database, ModelKind.ORDINARY));
    }

    /**
     * Returns the model that a class is, for callbacks to change. Default: as {@link #findModel}, with nothing to change.
     */
    @Override
    public Optional<Model> prepareModel(String database, Class<?> type) {
        return findModel(database, type);
    }

    /**
     * Makes ready for other models, before they are there. Called for one change at a time. Default: nothing.
     *
     * @param next the classes that will be here
     * @param prepared models among them that callbacks may have changed, from {@link #prepareModel}
     * @return what undoes it
     * @throws dev.regista.ConfigurationException to refuse the change
     */
    protected Runnable modelsChanging(Set<Class<?>> next, Collection<? extends Model> prepared) {
        return () -> {};
    }

    @Override
    public final void joined(Registry registry, Collection<Class<?>> classes) {
        hosted.join(registry, classes);
    }

    @Override
    public final void left(Registry registry) {
        hosted.leave(registry);
    }

    @Override
    public final Runnable changeModels(
            Registry registry,
            Collection<Class<?>> arriving,
            Collection<Class<?>> leaving,
            Collection<? extends Model> prepared) {
        return hosted.change(registry, arriving, leaving, prepared, this::modelsChanging);
    }

    /** Default: nothing is built lazily. */
    @Override
    public void initModels(Set<ModelPart> parts) {}

    /** Default: nothing is built lazily. */
    @Override
    public void invalidateModels(Set<ModelPart> parts) {}

    /**
     * Returns what the caller of a unit of work gets in place of a failure of its work. Default: the failure itself. The
     * explicit form of a unit, {@link Connection}, is not asked.
     *
     * @param failure what the work failed with; to be the cause of anything else
     * @return {@code null} for the failure itself
     */
    protected @Nullable RuntimeException translate(Throwable failure) {
        return null;
    }

    /** Returns the registries that have this database, as far as they are still used. Waits for nothing. */
    protected final List<Registry> registries() {
        return hosted.registries();
    }

    /** Returns what to throw when a class was used here that is not mapped here: it says where the class is. */
    protected final UnmappedModelException unmapped(Class<?> asked, Throwable cause) {
        List<String> homes = registries().stream()
                .flatMap(registry -> registry.models().find(asked).stream())
                .map(Model::database)
                .distinct()
                .toList();
        return new UnmappedModelException(asked, name(), models(), homes, cause);
    }

    @Override
    public final Class<S> sessionType() {
        return sessionType;
    }

    @Override
    public final Status status() {
        return lifecycle.status();
    }

    @Override
    public final int references() {
        return lifecycle.references();
    }

    @Override
    public final List<Holder> holders() {
        return lifecycle.leases().holders();
    }

    @Override
    public final boolean connect() {
        return lifecycle.connect();
    }

    @Override
    public final CompletableFuture<Boolean> connectAsync() {
        return Threads.async("regista-connect-" + name(), this::connect);
    }

    @Override
    public final boolean disconnect() {
        return disconnect(settings.closeTimeout());
    }

    @Override
    public final boolean disconnect(Duration drain) {
        return lifecycle.disconnect(drain, Thread.currentThread());
    }

    @Override
    public final CompletableFuture<Boolean> disconnectAsync() {
        Thread asking = Thread.currentThread();
        return Threads.async(
                "regista-disconnect-" + name(), () -> lifecycle.disconnect(settings.closeTimeout(), asking));
    }

    @Override
    public final boolean forceDisconnect() {
        return lifecycle.forceDisconnect();
    }

    @Override
    public final <T extends @Nullable Object, X extends Exception> T call(Work<? super S, ? extends T, X> work)
            throws X {
        return units.<T, X>call(work);
    }

    @Override
    public final <T extends @Nullable Object, X extends Exception> T read(Work<? super S, ? extends T, X> work)
            throws X {
        return units.<T, X>read(work);
    }

    @Override
    public final Connection<S> get() {
        return units.get();
    }

    @Override
    public final Units<S> requiresNew() {
        return units.requiresNew();
    }

    @Override
    public final Units<S> nested() {
        return units.nested();
    }

    @Override
    public final Units<S> readOnly() {
        return units.readOnly();
    }

    @Override
    public final Units<S> isolation(Isolation isolation) {
        return units.isolation(isolation);
    }

    @Override
    public final Units<S> timeout(Duration limit) {
        return units.timeout(limit);
    }

    @Override
    public final Units<S> retrying(int retries) {
        return units.retrying(retries);
    }

    /** Returns the class, the name and the status, such as {@code RedisDatabase 'cache' (open)}. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + " '" + name() + "' ("
                + status().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
