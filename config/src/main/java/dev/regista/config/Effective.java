package dev.regista.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds when all sources are taken together: which keys there are, in the order of the files, and the strongest value
 * of each. Environment variables are found by asking for a key; all other sources say which keys they have.
 */
final class Effective {
    private final SmallRyeConfig config;
    private final Map<Key, Origin> keys;
    private final Map<Key, Origin> blocks;
    private final Set<String> fileSources;
    private final Problems problems;
    private final Interpolation interpolation = new Interpolation(this::raw);
    private final Map<String, @Nullable Setting> settings = new LinkedHashMap<>();

    /**
     * Takes the sources together.
     *
     * @param config the sources
     * @param keys the keys of all sources but the environment, with their places, in order
     * @param blocks where blocks and lists begin
     * @param fileSources the names of the sources in which expressions are replaced
     */
    Effective(
            SmallRyeConfig config,
            Map<Key, Origin> keys,
            Map<Key, Origin> blocks,
            Set<String> fileSources,
            Problems problems) {
        this.config = config;
        this.keys = keys;
        this.blocks = blocks;
        this.fileSources = fileSources;
        this.problems = problems;
    }

    /** Returns whether there is a block or a value at a key. */
    boolean exists(Key key) {
        return keys.containsKey(key) || keys.keySet().stream().anyMatch(other -> other.isBelow(key));
    }

    /** Returns the names directly below a key, in order; an element of a list by its name and index. */
    Set<String> names(Key block) {
        Set<String> names = new LinkedHashSet<>();
        keysBelow(block).forEach(key -> names.add(key.after(block).first()));
        return names;
    }

    List<Key> keysBelow(Key block) {
        return keys.keySet().stream().filter(key -> key.isBelow(block)).toList();
    }

    /** Returns where a value or a block is, or else where the block is that should have it. */
    Origin origin(Key key) {
        for (int depth = key.depth(); depth > 0; depth--) {
            Key above = key.upTo(depth);
            Origin place = keys.getOrDefault(above, blocks.get(above));
            if (place != null) {
                return place;
            }
        }
        return Origin.of(fileSources.iterator().next());
    }

    /** Returns the strongest value among those of several spellings of one key. Two in one source are a problem. */
    Optional<Setting> strongest(Collection<Key> spellings) {
        List<Setting> found = new ArrayList<>();
        for (Key spelling : new LinkedHashSet<>(spellings)) {
            find(spelling).ifPresent(found::add);
        }
        found.sort(Comparator.comparingInt(Setting::ordinal).reversed());
        if (found.size() > 1
                && found.get(0).ordinal() == found.get(1).ordinal()
                && !isOneVariable(found.get(0), found.get(1))) {
            problems.add(
                    found.get(1).origin(),
                    found.get(1).key(),
                    "and " + found.get(0).key() + " are two names of one option; keep one");
        }
        return found.stream().findFirst();
    }

    private static boolean isOneVariable(Setting one, Setting other) {
        return Sources.isVariable(one) && one.origin().equals(other.origin());
    }

    /** Returns whether a file has something at a key or below it. */
    boolean isInFile(Key key) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey().equals(key) || entry.getKey().isBelow(key))
                .anyMatch(entry -> fileSources.contains(entry.getValue().source()));
    }

    /** Returns the strongest value at a key, with its expressions replaced. */
    Optional<Setting> find(Key key) {
        String property = key.property();
        if (!settings.containsKey(property)) {
            settings.put(property, read(key, config.getConfigValue(property)));
        }
        return Optional.ofNullable(settings.get(property));
    }

    private @Nullable Setting read(Key key, ConfigValue value) {
        String raw = value.getRawValue();
        if (raw == null) {
            return null;
        }
        boolean fromFile = fileSources.contains(value.getConfigSourceName());
        boolean expands = fromFile && Interpolation.isNeeded(raw);
        Origin origin = Sources.origin(value, key).via(expands ? raw : "");
        try {
            String text = expands ? interpolation.expand(raw) : raw;
            return new Setting(key, text, origin, fromFile && !expands, value.getConfigSourceOrdinal());
        } catch (Interpolation.Failure e) {
            problems.add(Sources.origin(value, key), key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Optional<Interpolation.Raw> raw(String name) {
        ConfigValue value = config.getConfigValue(name);
        return Optional.ofNullable(value.getRawValue())
                .map(text -> new Interpolation.Raw(text, fileSources.contains(value.getConfigSourceName())));
    }
}
