package dev.regista.sql.tenancy;

/** What may be done with a tenant. Only an active one can be used. */
public enum TenantState {
    /** Its schema is being created, or creating it was cut off half way; drop it. */
    CREATING,
    /** It can be used. */
    ACTIVE,
    /** It exists, and is not to be used. */
    SUSPENDED,
    /** Its schema is being dropped, or dropping it was cut off half way; drop it again. */
    DROPPING,
    /** It is in a state that a later version has given it, and that this one does not know. */
    UNKNOWN
}
