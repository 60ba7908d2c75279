package dev.regista.sql;

import dev.regista.NotSupportedException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.query.internal.NativeQueryInterpreterStandardImpl;
import org.hibernate.engine.query.spi.NativeQueryInterpreter;
import org.hibernate.engine.query.spi.NativeQueryInterpreterInitiator;
import org.hibernate.query.sql.spi.ParameterRecognizer;
import org.hibernate.service.spi.SessionFactoryServiceContributor;
import org.hibernate.service.spi.SessionFactoryServiceInitiator;
import org.hibernate.service.spi.SessionFactoryServiceInitiatorContext;
import org.hibernate.service.spi.SessionFactoryServiceRegistryBuilder;

/**
 * Refuses a placeholder that Hibernate replaces by nothing where a schema is a catalogue: the statement would work on the
 * tables of another schema. For Hibernate, which finds it; not for applications. Session factories that are not Regista's
 * stay as they are.
 */
public final class NativeQueries implements SessionFactoryServiceContributor {
    /** For the service loader. */
    public NativeQueries() {}

    @Override
    public void contribute(SessionFactoryServiceRegistryBuilder builder) {
        builder.addInitiator(new Initiator());
    }

    private static final class Initiator implements SessionFactoryServiceInitiator<NativeQueryInterpreter> {
        @Override
        public NativeQueryInterpreter initiateService(SessionFactoryServiceInitiatorContext context) {
            return context.getServiceRegistry().getService(MultiTenantConnectionProvider.class)
                                    instanceof RoutedConnections routed
                            && routed.backend().product().schemaIsCatalog()
                    ? new Interpreter(
                            routed.backend().name(),
                            context.getSessionFactoryOptions().getNativeJdbcParametersIgnored())
                    : NativeQueryInterpreterInitiator.INSTANCE.initiateService(context);
        }

        @Override
        public Class<NativeQueryInterpreter> getServiceInitiated() {
            return NativeQueryInterpreter.class;
        }
    }

    private static final class Interpreter extends NativeQueryInterpreterStandardImpl {
        private static final long serialVersionUID = 1L;

        private final String database;

        Interpreter(String database, boolean nativeJdbcParametersIgnored) {
            super(nativeJdbcParametersIgnored);
            this.database = database;
        }

        @Override
        public void recognizeParameters(String sql, ParameterRecognizer recognizer) {
            if (sql.contains("{h-schema}")) {
                throw new NotSupportedException(
                        database,
                        "{h-schema} in native queries of Hibernate, to which a schema is a catalogue here: write {h-domain}");
            }
            super.recognizeParameters(sql, recognizer);
        }
    }
}
