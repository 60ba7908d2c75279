package dev.regista.sql.contenttype;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an entity whose rows have no content type. For a hierarchy of entities, what its root says holds. For classes that
 * cannot be annotated there is {@link ContentTypeSettings#without(Class...)}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NoContentType {}
