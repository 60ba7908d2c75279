package dev.regista.sql.tenancy;

/** What happens when a tenant's database needs a connection and the budget is used up. */
public enum WhenFull {
    /**
     * A connection that nobody uses is closed to make room. If all are in use, the caller waits for one, at most the wait
     * limit of the pool.
     */
    EVICT,
    /** The caller is refused at once, also if connections are idle: those stay open for the tenants that have them. */
    REFUSE
}
