package dev.regista.sql.contenttype;

/**
 * A row and its content type.
 *
 * @param type the content type
 * @param row an entity of whatever model; loaded in a unit of work that has ended
 */
public record TypedRow(ContentType type, Object row) {}
