package dev.regista.migrations.generate;

import java.util.List;

/**
 * A type of named values that columns can have. Only PostgreSQL has such; on H2, Hibernate makes a domain of texts.
 *
 * @param values in their order
 * @param definition what follows {@code as} when it is created
 */
record EnumModel(String name, List<String> values, String definition) {
    EnumModel {
        values = List.copyOf(values);
    }
}
