package dev.regista.config;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ClassInfoList;
import io.github.classgraph.ScanResult;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds classes by name and by package. Does not initialise them: naming a class runs no code of it. */
final class Classes {
    private final ClassLoader loader;

    Classes(ClassLoader loader) {
        this.loader = loader;
    }

    ClassLoader loader() {
        return loader;
    }

    Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Returns the classes in a package and those below it that have one of the annotations, by name. */
    List<Class<?>> inPackage(String name, Set<Class<? extends Annotation>> annotations) {
        ClassGraph scan = new ClassGraph()
                .overrideClassLoaders(loader)
                .acceptPackages(name)
                .enableAnnotationInfo()
                .ignoreClassVisibility();
        try (ScanResult result = scan.scan()) {
            List<Class<?>> found = new ArrayList<>();
            for (Class<? extends Annotation> annotation : annotations) {
                ClassInfoList classes = result.getClassesWithAnnotation(annotation);
                classes.stream().map(ClassInfo::getName).map(this::find).forEach(type -> type.ifPresent(found::add));
            }
            found.sort(Comparator.comparing(Class::getName));
            return found.stream().distinct().toList();
        }
    }
}
