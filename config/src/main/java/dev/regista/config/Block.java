package dev.regista.config;

import dev.regista.spi.config.Option;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One block of a configuration, and which of its keys somebody has asked for. Keys are relative to the block; each is found
 * in all its spellings. Not safe for use by several threads.
 */
final class Block {
    private final Effective effective;
    private final Key key;
    private final Problems problems;
    private final Map<Key, List<Key>> spellings = new LinkedHashMap<>();
    private final Set<Key> used = new LinkedHashSet<>();
    private final Asked asked;

    /**
     * Looks at a block.
     *
     * @param key where it is; may have nothing in it
     * @param asked where it is noted what has been asked for
     */
    Block(Effective effective, Key key, Problems problems, Asked asked) {
        this.effective = effective;
        this.key = key;
        this.problems = problems;
        this.asked = asked;
        effective
                .keysBelow(key)
                .forEach(below -> spellings
                        .computeIfAbsent(below.after(key).dashed(), dashed -> new ArrayList<>())
                        .add(below));
    }

    Key key() {
        return key;
    }

    Origin origin() {
        return effective.origin(key);
    }

    /** Returns the block at a key; what is in it is its own to report. */
    Block block(Key relative) {
        skip(relative);
        return child(relative);
    }

    /** Returns the block at a key, for a look at it. */
    Block child(Key relative) {
        Key inside = spelled(relative).orElseGet(() -> key.plus(relative));
        return new Block(effective, inside, problems, asked);
    }

    /** Takes a key and what is below it for asked for. */
    void skip(Key relative) {
        spellings.forEach((dashed, keys) -> {
            Key above = dashed.depth() < relative.depth() ? dashed : dashed.upTo(relative.depth());
            if (above.equals(relative) || above.withoutIndex().equals(relative)) {
                used.addAll(keys);
            }
        });
    }

    /** Returns whether there is nothing in the block but some of these names. */
    boolean hasOnly(Set<String> names) {
        return spellings.keySet().stream().allMatch(below -> names.contains(below.property()));
    }

    /** Returns whether there is something below a key. */
    boolean isBlock(Key relative) {
        return spellings.keySet().stream().anyMatch(other -> other.isBelow(relative));
    }

    /** Returns whether there is a list at a key. */
    boolean isList(Key relative) {
        return spellings.keySet().stream()
                .filter(other -> other.depth() >= relative.depth())
                .map(other -> other.upTo(relative.depth()))
                .anyMatch(
                        other -> !other.equals(relative) && other.withoutIndex().equals(relative));
    }

    /** Returns the strongest value at any of the keys. */
    Optional<Setting> value(List<String> keys) {
        Set<Key> all = new LinkedHashSet<>();
        for (String name : keys) {
            Key relative = Key.parse(name);
            List<Key> found = spellings.getOrDefault(relative, List.of());
            used.addAll(found);
            all.addAll(found);
            all.add(key.plus(relative));
            asked.variable(Sources.variable(key.plus(relative)));
        }
        Optional<Setting> value = effective.strongest(all);
        value.ifPresent(setting -> asked.value(key.plus(Key.parse(keys.get(0))), setting.value()));
        return value;
    }

    Optional<Setting> value(String name) {
        return value(List.of(name));
    }

    /** Returns the names below a key with their values, as they are spelled; the names of nested blocks joined by dots. */
    Map<String, Setting> table(Key relative) {
        Map<String, Setting> table = new LinkedHashMap<>();
        spellings.forEach((dashed, found) -> {
            if (dashed.isBelow(relative)) {
                used.addAll(found);
                found.forEach(below -> effective.find(below).ifPresent(setting -> {
                    table.put(String.join(".", below.after(key).after(relative).segments()), setting);
                    asked.value(below, setting.value());
                }));
            }
        });
        return table;
    }

    /** Returns how many elements the list at a key has. */
    int length(Key relative) {
        int length = 0;
        while (has(relative.element(length))) {
            length++;
        }
        return length;
    }

    /** Reports the keys that nobody has asked for. */
    void reportUnknown(Collection<Option<?>> options) {
        Set<String> known = new TreeSet<>();
        options.forEach(option -> known.addAll(option.keys()));
        for (List<Key> keys : spellings.values()) {
            keys.stream().filter(other -> !used.contains(other)).forEach(unknown -> reportUnknown(unknown, known));
        }
    }

    private void reportUnknown(Key unknown, Set<String> known) {
        String name = unknown.after(key).dashed().withoutIndex().property();
        if (known.contains(name) || known.stream().anyMatch(other -> other.startsWith(name + "."))) {
            // a key without a value, or a block without anything in it, says nothing
            if (effective.find(unknown).isPresent()) {
                String wanted =
                        known.contains(name) ? "must not be a list" : "must be a block of: " + inside(name, known);
                problems.add(effective.origin(unknown), unknown, wanted);
            }
            return;
        }
        problems.add(effective.origin(unknown), unknown, "is not an option here" + Spelling.hint(name, known));
    }

    private static String inside(String name, Set<String> known) {
        return String.join(
                ", ",
                known.stream()
                        .filter(other -> other.startsWith(name + "."))
                        .map(other -> other.substring(name.length() + 1))
                        .toList());
    }

    /** Returns whether there is anything at a key or below it, or a block with nothing in it. */
    boolean has(Key relative) {
        return spellings.containsKey(relative) || isBlock(relative);
    }

    /** Returns a key as the configuration spells it. */
    private Optional<Key> spelled(Key relative) {
        return spellings.entrySet().stream()
                .filter(entry ->
                        entry.getKey().isBelow(relative) || entry.getKey().equals(relative))
                .map(entry -> entry.getValue().get(0).upTo(key.depth() + relative.depth()))
                .findFirst();
    }
}
