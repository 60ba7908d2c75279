package dev.regista.sql;

import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each statement with its duration, whoever sends it: a session, a stateless session or plain JDBC. */
final class QueryLog implements QueryExecutionListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.regista.sql.query");

    private final String database;
    private final boolean bindValues;

    private QueryLog(String database, boolean bindValues) {
        this.database = database;
        this.bindValues = bindValues;
    }

    static DataSource over(DataSource dataSource, String database, boolean bindValues) {
        return ProxyDataSourceBuilder.create(database, dataSource)
                .listener(new QueryLog(database, bindValues))
                .build();
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        // A statement is logged once its duration is known.
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        String batch = execution.isBatch() ? " (batch of " + execution.getBatchSize() + ")" : "";
        String outcome = execution.isSuccess() ? "" : " FAILED";
        for (QueryInfo query : queries) {
            LOG.info(
                    "{} {} ms{}{}: {}{}",
                    database,
                    execution.getElapsedTime(),
                    batch,
                    outcome,
                    query.getQuery(),
                    bindValues ? " " + values(query) : "");
        }
    }

    private static List<List<Object>> values(QueryInfo query) {
        return query.getParametersList().stream()
                .map(parameters -> parameters.stream()
                        .map(ParameterSetOperation::getArgs)
                        .map(args -> args.length > 1 ? String.valueOf(args[1]) : (Object) "?")
                        .toList())
                .toList();
    }
}
