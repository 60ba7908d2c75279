package dev.regista.neo4j;

import java.util.regex.Pattern;
import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.Transaction;

/** Runs queries in a transaction. */
final class Transacting extends UnitQueries {
    /** In a query that writes there is one of these words; in others they are rare. */
    private static final Pattern WRITING = Pattern.compile(
            "\\b(?:create|merge|set|delete|remove|insert|foreach|call|load|drop|alter|grant|revoke|deny)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Transaction transaction;
    private final boolean writes;
    private boolean mayHaveWritten;

    Transacting(Transaction transaction, boolean writes) {
        this.transaction = transaction;
        this.writes = writes;
    }

    @Override
    public Result run(Query query) {
        mayHaveWritten |=
                writes && !mayHaveWritten && WRITING.matcher(query.text()).find();
        return transaction.run(query);
    }

    @Override
    boolean mayHaveWritten() {
        return mayHaveWritten;
    }
}
