package dev.regista.sql;

import dev.regista.model.ModelKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model of a SQL database, with what a callback sets about it until it is sealed. */
final class DefaultSqlModel implements SqlModel {
    private final String name;
    private final Class<?> type;
    private final String database;
    private final ModelKind kind;

    /** Null once it can no longer be changed. */
    private volatile @Nullable ModelSettings set;

    private DefaultSqlModel(String name, Class<?> type, String database, ModelKind kind, @Nullable ModelSettings set) {
        this.name = name;
        this.type = type;
        this.database = database;
        this.kind = kind;
        this.set = set;
    }

    static DefaultSqlModel sealed(String name, Class<?> type, String database, ModelKind kind) {
        return new DefaultSqlModel(name, type, database, kind, null);
    }

    /** Returns one that can be changed. */
    DefaultSqlModel open() {
        return new DefaultSqlModel(name, type, database, kind, ModelSettings.NONE);
    }

    /** Ends what can be changed, and returns what was. */
    ModelSettings seal() {
        ModelSettings all = set;
        set = null;
        return all == null ? ModelSettings.NONE : all;
    }

    private ModelSettings current() {
        ModelSettings current = set;
        if (current == null) {
            throw new IllegalStateException("The model '" + name
                    + "' can be changed only by a callback, while it is called: see Registry.onModel");
        }
        return current;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public ModelKind kind() {
        return kind;
    }

    @Override
    public SqlModel table(String tableName) {
        set = current().withTable(requireText(tableName, "table"));
        return this;
    }

    @Override
    public SqlModel schema(String schemaName) {
        set = current().withSchema(SqlSettings.schemaName(schemaName));
        return this;
    }

    @Override
    public SqlModel column(String columnName, String definition) {
        set = current().withColumn(requireText(columnName, "column"), requireText(definition, "definition"));
        return this;
    }

    @Override
    public SqlModel listener(Object listener) {
        set = current().withListener(new EntityListener(Objects.requireNonNull(listener, "listener")));
        return this;
    }

    private static String requireText(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " must not be blank");
        }
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DefaultSqlModel model && model.type == type && model.database.equals(database);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, database);
    }

    /** Returns the name, the class and the database. */
    @Override
    public String toString() {
        return name + " (" + type.getName() + " in '" + database + "')";
    }
}
