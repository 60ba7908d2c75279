package dev.regista.neo4j;

import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import java.util.Locale;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionContext;

/** A Neo4j database over the official driver. */
final class DefaultNeo4jDatabase extends AbstractDatabase<TransactionContext, Neo4jDatabase> implements Neo4jDatabase {
    private final Neo4jSettings neo4j;

    DefaultNeo4jDatabase(DatabaseSettings<Neo4jDatabase> settings, Neo4jSettings neo4j) {
        super(settings, TransactionContext.class);
        this.neo4j = neo4j;
    }

    @Override
    protected Backend<TransactionContext> open() throws Exception {
        return Neo4jBackend.open(name(), neo4j, settings().connectTimeout());
    }

    @Override
    protected Neo4jDatabase self() {
        return this;
    }

    @Override
    public String url() {
        return neo4j.address().text();
    }

    @Override
    public Optional<String> databaseName() {
        return Optional.ofNullable(neo4j.database());
    }

    @Override
    public void verifyConnectivity() {
        live().verify();
    }

    @Override
    public Driver driver() {
        return live().driver();
    }

    /** {@link #open()} makes no other backend. */
    Neo4jBackend live() {
        return (Neo4jBackend) backend();
    }

    @Override
    public String toString() {
        return "Neo4j database '" + name() + "' at " + url() + " ("
                + status().name().toLowerCase(Locale.ROOT) + ")";
    }
}
