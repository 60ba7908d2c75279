package dev.regista.config;

import dev.regista.Secret;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Section;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * What reading one configuration has at hand besides the configuration.
 *
 * @param problems where problems go
 * @param description where each value goes that was read
 * @param classes finds classes
 * @param kinds the kinds that come with modules
 * @param sections the sections that come with modules
 * @param provided what the program provides, by name
 * @param directory what the names of files are relative to
 */
record Context(
        Problems problems,
        Description description,
        Classes classes,
        List<DatabaseKind> kinds,
        List<Section<?>> sections,
        Map<String, Object> provided,
        Path directory) {

    /** Finds the kinds that are listed as services. One that cannot be loaded is a problem, and the others are found. */
    static List<DatabaseKind> services(ClassLoader loader, Problems problems) {
        return services(DatabaseKind.class, "a kind of database", loader, problems);
    }

    /** Finds the sections that are listed as services. One that cannot be loaded is a problem, and the others are found. */
    static List<Section<?>> sections(ClassLoader loader, Problems problems) {
        List<Section<?>> sections = new ArrayList<>();
        services(Section.class, "a section", loader, problems).forEach(sections::add);
        return sections;
    }

    private static <T> List<T> services(Class<T> type, String what, ClassLoader loader, Problems problems) {
        List<T> found = new ArrayList<>();
        Iterator<T> services = ServiceLoader.load(type, loader).iterator();
        boolean more = true;
        while (more) {
            try {
                more = services.hasNext();
                if (more) {
                    found.add(services.next());
                }
            } catch (ServiceConfigurationError e) {
                problems.add(Origin.of("class path"), what + " cannot be loaded: " + e.getMessage());
            }
        }
        return found;
    }

    /** Returns it with more that can be referred to by name; what there is is stronger. */
    Context providing(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(provided);
        return new Context(problems, description, classes, kinds, sections, Map.copyOf(all), directory);
    }

    /** Returns what the program provides under a name, if it is of a type; reports it if it is of another. */
    <T> Optional<T> provided(Setting name, Class<T> type) {
        Object object = provided.get(name.value());
        if (object == null) {
            return Optional.empty();
        }
        if (!type.isInstance(object)) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "names what the program provides, a " + object.getClass().getName() + ", but it must be a "
                            + type.getName());
            return Optional.empty();
        }
        return Optional.of(type.cast(object));
    }

    /** Returns a secret that the program provides. */
    Optional<Secret> secret(Setting name) {
        if (!provided.containsKey(name.value())) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "must name a secret that the program provides, not " + Shape.ofName(name)
                            + Spelling.hint(name.value(), provided.keySet()));
        }
        return provided(name, Secret.class);
    }

    /**
     * Makes an instance of a class that a configuration names. Nothing of the class runs before it is known to be of one of
     * the types.
     *
     * @param types interfaces of Regista, one of which it must implement
     */
    Optional<Object> instance(Setting name, Class<?>... types) {
        Optional<Class<?>> found = classes.find(name.value());
        if (found.isEmpty()) {
            problems.add(name.origin(), name.key(), "names no class that is on the class path: " + Shape.ofName(name));
            return Optional.empty();
        }
        if (List.of(types).stream().noneMatch(type -> type.isAssignableFrom(found.get()))) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "must name a class that implements " + names(types) + "; "
                            + found.get().getName() + " does not");
            return Optional.empty();
        }
        return instance(name, found.get());
    }

    private Optional<Object> instance(Setting name, Class<?> type) {
        try {
            if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
                throw new NoSuchMethodException();
            }
            return Optional.of(type.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "names " + type.getName() + ", whose constructor threw "
                            + e.getTargetException().getClass().getName());
        } catch (LinkageError e) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "names " + type.getName() + ", which cannot be initialised: "
                            + e.getClass().getName());
        } catch (ReflectiveOperationException e) {
            problems.add(
                    name.origin(),
                    name.key(),
                    "names " + type.getName()
                            + ", which is not a public class with a public constructor without parameters");
        }
        return Optional.empty();
    }

    private static String names(Class<?>... types) {
        return String.join(" or ", List.of(types).stream().map(Class::getName).toList());
    }
}
