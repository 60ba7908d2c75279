package dev.regista.sql.contenttype;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a database have a content type, and where it is. Immutable: the methods return a copy with one value
 * changed. Values that cannot work are reported when the database is built.
 *
 * @param prototype the entity that holds content types; the default one has the columns of {@link ContentType} and is in the
 *     table {@code contenttypes}
 * @param without models whose rows have none, besides those marked with {@link NoContentType}; what extends one has none
 *     either
 * @param constraint whether the column of a row is a foreign key, so that the database deletes the row of a content type that
 *     is deleted. Default true. Without it, Regista does; what other programs delete leaves the row
 * @param database the name of the database in the same registry that holds the content types; null, the default, for this
 *     one. In another one there is no foreign key, and no transaction over both: see the guide
 */
public record ContentTypeSettings(
        Class<? extends ContentType> prototype,
        Set<Class<?>> without,
        boolean constraint,
        @Nullable String database) {
    /** The defaults. */
    public static final ContentTypeSettings DEFAULT =
            new ContentTypeSettings(StoredContentType.class, Set.of(), true, null);

    /** Copies. */
    public ContentTypeSettings {
        Objects.requireNonNull(prototype, "prototype");
        without = Set.copyOf(without);
    }

    /** Returns these settings with another entity that holds content types. */
    public ContentTypeSettings prototype(Class<? extends ContentType> entity) {
        return new ContentTypeSettings(entity, without, constraint, database);
    }

    /** Returns these settings with more models whose rows have no content type. */
    public ContentTypeSettings without(Class<?>... models) {
        return without(Arrays.asList(models));
    }

    /** Returns these settings with more models whose rows have no content type. */
    public ContentTypeSettings without(Collection<Class<?>> models) {
        Set<Class<?>> all = new LinkedHashSet<>(without);
        all.addAll(models);
        return new ContentTypeSettings(prototype, all, constraint, database);
    }

    /** Returns these settings with or without a foreign key. */
    public ContentTypeSettings constraint(boolean isForeignKey) {
        return new ContentTypeSettings(prototype, without, isForeignKey, database);
    }

    /** Returns these settings with the content types in another database of the registry. */
    public ContentTypeSettings in(String name) {
        return new ContentTypeSettings(prototype, without, constraint, Objects.requireNonNull(name, "name"));
    }

    /** Returns whether the rows of a class have a content type, as far as it is said here or on the class. */
    public boolean includes(Class<?> model) {
        return !model.isAnnotationPresent(NoContentType.class)
                && List.copyOf(without).stream().noneMatch(excluded -> excluded.isAssignableFrom(model));
    }
}
