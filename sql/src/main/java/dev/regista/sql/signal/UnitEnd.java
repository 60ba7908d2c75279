package dev.regista.sql.signal;

import java.util.Optional;

/**
 * A unit of work, or a nested one, that has ended.
 *
 * @param database the name of the database
 * @param tenant the tenant that it was in, if any
 * @param schema the schema that it stated, if any
 * @param isNested whether it was a savepoint; only those that were rolled back are told of
 */
public record UnitEnd(String database, Optional<String> tenant, Optional<String> schema, boolean isNested) {}
