package dev.regista.spi;

import dev.regista.model.Model;
import dev.regista.model.ModelKind;

/**
 * A model of a kind of database that has nothing to say about its models.
 *
 * @param name the simple name of the class
 * @param type the class
 * @param database what the registry calls the database
 * @param kind what sort of model it is
 */
public record PlainModel(String name, Class<?> type, String database, ModelKind kind) implements Model {}
