package dev.regista.spi.config;

import dev.regista.spi.AbstractDatabaseBuilder;
import java.lang.annotation.Annotation;
import java.util.Set;

/**
 * A kind of database, as a configuration names it. One that is listed in {@code META-INF/services} is known by its short
 * name; any other by the name of its class.
 *
 * <p>Its block has {@linkplain AbstractDatabaseBuilder#commonOptions() the options that every database has} besides its
 * own; they are set on the builder after {@link #build}.
 */
public interface DatabaseKind extends Kind<AbstractDatabaseBuilder<?, ?>> {
    /**
     * Whether a block without {@code kind} whose URL has this scheme is of this kind. Default: no.
     *
     * @param scheme what stands before the first colon of the URL, in lower case, without a {@code +driver} suffix:
     *     {@code jdbc}, {@code postgresql}, {@code bolt}
     */
    default boolean accepts(String scheme) {
        return false;
    }

    /**
     * Returns the annotations that make a class a model, for blocks that list packages. Default: none, so that models can
     * be listed by class only.
     */
    default Set<Class<? extends Annotation>> modelAnnotations() {
        return Set.of();
    }
}
