package dev.regista.sql.tenancy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an entity of which each tenant has its own rows. Its tables and sequences are in the schema of each tenant, and
 * nowhere else; using it needs a tenant. Every other entity is shared: its rows exist once.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TenantModel {}
