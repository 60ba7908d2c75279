package dev.regista.sql.contenttype;

import dev.regista.Registry;
import dev.regista.sql.SqlDatabase;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hibernate.SharedSessionContract;

/**
 * The content types of a database: from a content type to its row and back, over all models.
 *
 * <p>Those of a database work in units of work, which join the one around them like any other; those of a session work in
 * that session. The former are safe for use by several threads, the latter as far as the session is.
 */
public interface ContentTypes {
    /**
     * Returns the content types of the main database.
     *
     * @throws dev.regista.WrongTypeException if the main database is no SQL database
     * @throws dev.regista.NotSupportedException if its rows have no content types
     */
    static ContentTypes of(Registry registry) {
        return of(registry.main(SqlDatabase.class));
    }

    /**
     * Returns the content types of a database.
     *
     * @throws dev.regista.NotSupportedException if its rows have none
     */
    static ContentTypes of(SqlDatabase database) {
        return database.contentTypes();
    }

    /**
     * Returns the content types of a database, as one of its sessions sees them: with what it has not committed, in its
     * tenant and schema.
     *
     * @param session a session or stateless session of a unit of work of the database
     * @throws dev.regista.NotSupportedException if its rows have none
     */
    static ContentTypes of(SqlDatabase database, SharedSessionContract session) {
        return database.contentTypes(session);
    }

    /**
     * Says what the content type of an object shall have that is going to be stored. Nothing is stored by this. Said twice,
     * both hold.
     *
     * @param entity a new object, before {@code persist}, {@code merge} or {@code insert}
     * @param values called at once with the content type to be
     * @return the object
     */
    default <T> T with(T entity, Consumer<? super ContentType> values) {
        return with(entity, ContentType.class, values);
    }

    /**
     * As {@link #with(Object, Consumer)}, for prototypes with columns of their own.
     *
     * @param prototype the prototype, or a superclass of it
     * @throws ClassCastException if the prototype is another class
     */
    <T, C extends ContentType> T with(T entity, Class<C> prototype, Consumer<? super C> values);

    /** Returns how many content types there are: how many rows of all models in all schemas. One query. */
    long count();

    /** Returns how many of them are of a model, without those of classes that extend it. One query. */
    long count(Class<?> model);

    /** Returns the content type of an id. */
    Optional<ContentType> find(UUID id);

    /** Returns the content type that has a collision key. */
    Optional<ContentType> findByKey(String collisionKey);

    /**
     * Returns the content type of a row.
     *
     * @param entity an object that has been loaded from the database or stored in it, attached or not
     * @return empty if its model has no content types, or the row is not there
     */
    Optional<ContentType> findOf(Object entity);

    /**
     * Returns the row of a content type.
     *
     * @return empty if there is none any more
     * @throws UnknownModelException if its model is not there any more
     */
    Optional<Object> findRow(ContentType type);

    /**
     * Returns the rows of all models, in all schemas and tenants, whose content types match. Nothing is asked before the
     * stream is consumed; then, in batches of 500, one query for content types and one for each model, schema and tenant
     * among them. Each batch is a unit of work of its own. Content types whose model or tenant is gone have no row and are
     * left out.
     *
     * @param wanted called with each content type
     */
    Stream<TypedRow> rows(Predicate<? super ContentType> wanted);

    /**
     * Deletes a content type and its row, by Hibernate: with all that Hibernate cascades to.
     *
     * @return whether there was one
     */
    boolean delete(ContentType type);

    /**
     * Gives content types to the rows that have none: those that were there before. Works in batches of 500, each a unit of
     * work of its own; one that fails leaves those before it. Can be run again, and while others insert.
     *
     * @return how many rows had none
     */
    long fill();

    /**
     * Deletes the content types whose rows are gone: those of rows that were deleted by native SQL or by other programs, and
     * what a crash leaves between two databases. Content types of models and tenants that are not there any more stay.
     *
     * @return how many
     */
    long removeOrphans();
}
