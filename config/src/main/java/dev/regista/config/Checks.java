package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.NotSupportedException;
import dev.regista.Registry;
import dev.regista.config.RegistryReader.Declarations;
import dev.regista.model.Model;
import dev.regista.spi.ModelHost;
import java.util.HashMap;
import java.util.Map;

/** Checks what can be known without a server once all blocks are read. */
final class Checks {
    private final Declarations declarations;
    private final Problems problems;
    private final Map<Class<?>, Declared> owners = new HashMap<>();
    private final Map<String, Model> names = new HashMap<>();

    Checks(Declarations declarations, Problems problems) {
        this.declarations = declarations;
        this.problems = problems;
    }

    void run() {
        for (Declared declared : declarations.databases()) {
            checkName(declared);
            if (!declared.isReference()) {
                checkBuild(declared);
            } else if (declared.schema() != null) {
                problems.add(
                        declared.origin(),
                        declared.key(),
                        "only refers to a shared database, so that the registry's schema cannot be its own");
            }
        }
    }

    private void checkName(Declared declared) {
        if (declared.name().isBlank() || !declared.name().equals(declared.name().strip())) {
            problems.add(declared.origin(), declared.key(), "is a name that is blank, or begins or ends with a blank");
        }
        boolean clash =
                Registry.MAIN.equals(declared.name()) && !declarations.main().equals(declared.name());
        if (clash) {
            problems.add(
                    declared.origin(),
                    declared.key(),
                    "is named main, but '" + declarations.main() + "' is the default");
        }
    }

    /** What a builder refuses, it refuses without I/O; the database is thrown away. */
    private void checkBuild(Declared declared) {
        try {
            Database<?> database = declared.builder().build(declared.name());
            for (Class<?> model : database.models()) {
                if (!(database instanceof ModelHost host)) {
                    checkModel(model, declared);
                } else if (!host.brings(model)) {
                    checkModel(model, declared);
                    host.findModel(declared.name(), model).ifPresent(named -> checkName(named, declared));
                }
            }
        } catch (ConfigurationException e) {
            problems.addAll(declared.origin(), declared.key(), e);
        } catch (NotSupportedException e) {
            problems.add(
                    declared.origin(), declared.key(), "is of a kind without schemas, and the registry has a schema");
        }
    }

    /** A class that is there twice has been reported as that. */
    private void checkName(Model model, Declared declared) {
        Model other = names.putIfAbsent(model.name(), model);
        if (other != null && other.type() != model.type()) {
            problems.add(
                    declared.origin(),
                    declared.key(),
                    "has the model " + model.type().getName() + ", whose name '" + model.name() + "' is that of "
                            + other.type().getName() + " in '" + other.database() + "'");
        }
    }

    private void checkModel(Class<?> model, Declared declared) {
        Declared owner = owners.putIfAbsent(model, declared);
        if (owner != null) {
            problems.add(
                    declared.origin(),
                    declared.key(),
                    "has the model " + model.getName() + ", which '" + owner.name() + "' has too");
        }
    }
}
