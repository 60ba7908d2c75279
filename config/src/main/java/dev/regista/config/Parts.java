package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.callback.Hook;
import dev.regista.spi.config.Kind;
import dev.regista.spi.config.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the objects that a configuration asks for in its blocks. Each is checked to be of the type that is wanted. */
final class Parts {
    private static final Option<String> KIND = Option.text("kind").required();

    private final Context context;
    private final Class<?> type;

    /**
     * Makes objects.
     *
     * @param type what they must be
     */
    Parts(Context context, Class<?> type) {
        this.context = context;
        this.type = type;
    }

    /**
     * Returns the object that a name stands for: what the program provides, or an instance of a class.
     *
     * @param empty the block at the name, in which there is nothing
     */
    @Nullable
    Object named(Setting name, Block empty) {
        if (context.provided().containsKey(name.value())) {
            return context.provided(name, type).orElse(null);
        }
        Object instance = context.instance(name, Kind.class, Hook.class).orElse(null);
        if (instance instanceof Kind<?> kind) {
            return built(kind, kind.options(), empty, name.origin());
        }
        return instance == null ? null : checked(instance, name.origin(), name.key());
    }

    /** Builds an object from a block with a kind. */
    @Nullable
    Object built(Block block) {
        Setting name = block.value(KIND.key()).orElse(null);
        if (name == null) {
            context.problems().add(block.origin(), block.key(), "has no kind: the name of the class that builds it");
            return null;
        }
        Kind<?> kind = (Kind<?>) context.instance(name, Kind.class).orElse(null);
        if (kind == null) {
            return null;
        }
        List<Option<?>> options = new ArrayList<>(kind.options());
        options.add(0, KIND);
        return built(kind, options, block, name.origin());
    }

    private @Nullable Object built(Kind<?> kind, List<Option<?>> options, Block block, Origin origin) {
        int problems = context.problems().count();
        BlockValues values = new BlockReader(block, context, Set.of()).read(options);
        if (problems != context.problems().count()) {
            return null;
        }
        try {
            return checked(kind.build(values), origin, block.key());
        } catch (ConfigurationException e) {
            context.problems().addAll(origin, block.key(), e);
            return null;
        }
    }

    private @Nullable Object checked(@Nullable Object object, Origin origin, Key key) {
        if (type.isInstance(object)) {
            return object;
        }
        String found = object == null ? "nothing" : "a " + object.getClass().getName();
        context.problems().add(origin, key, "must be a " + type.getName() + ", not " + found);
        return null;
    }
}
