package dev.regista.sql.reference;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is done about a {@link Ref} when its object is deleted. Done by the library, once
 * {@link dev.regista.sql.References#enforce()} has been called: there is no constraint. Without this, nothing is done, and the
 * reference dangles.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnTargetDelete {
    /** What is done. */
    Rule value();
}
