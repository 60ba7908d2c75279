package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where content types and their rows are. */
interface ContentTypePlaces {
    /** Returns where nothing is said about schema and tenant. */
    ContentTypePlace here();

    /** Returns where the content types are. */
    ContentTypePlace types();

    /** Returns the places of the database that the row of a content type is in. */
    ContentTypePlaces of(ContentType type);

    /** Returns where rows of a schema or tenant are; empty if that is out of reach, such as a tenant that is gone. */
    Optional<ContentTypePlace> at(@Nullable Long tenantId, @Nullable String schema);

    /** Returns every place where rows of some models can be: here, or in each tenant. */
    List<ContentTypePlace> all(boolean isTenants);

    /** Returns what content types are in the mapping of a session, or of the database. */
    ContentTypeSupport support();
}
