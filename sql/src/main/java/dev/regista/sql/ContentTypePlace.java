package dev.regista.sql;

import java.util.function.Function;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Somewhere to work: in units of work of a database, in one schema or tenant, or in one session. */
interface ContentTypePlace {
    <T> T call(Function<SharedSessionContractImplementor, T> work);
}
