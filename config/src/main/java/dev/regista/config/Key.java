package dev.regista.config;

import io.smallrye.config.NameIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a value is in a configuration: the names of the blocks around it, outermost first, and its own. Immutable. */
record Key(List<String> segments) {
    static final Key ROOT = new Key(List.of());

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

    Key {
        segments = List.copyOf(segments);
    }

    /** Reads a property name; a name with a dot in it is in double quotes. What cannot be read is one name. */
    static Key parse(String property) {
        List<String> segments = new ArrayList<>();
        try {
            for (NameIterator name = new NameIterator(property); name.hasNext(); name.next()) {
                segments.add(name.getNextSegment());
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return new Key(List.of(property));
        }
        return segments.isEmpty() ? new Key(List.of(property)) : new Key(segments);
    }

    Key child(String name) {
        List<String> more = new ArrayList<>(segments);
        more.add(name);
        return new Key(more);
    }

    /** Returns the key of an element of the list at this key. */
    Key element(int index) {
        List<String> same = new ArrayList<>(segments.subList(0, segments.size() - 1));
        same.add(name() + "[" + index + "]");
        return new Key(same);
    }

    Key plus(Key relative) {
        List<String> more = new ArrayList<>(segments);
        more.addAll(relative.segments);
        return new Key(more);
    }

    boolean isBelow(Key other) {
        return segments.size() > other.segments.size()
                && segments.subList(0, other.segments.size()).equals(other.segments);
    }

    /** Returns what of this key comes after another one. */
    Key after(Key above) {
        return new Key(segments.subList(above.segments.size(), segments.size()));
    }

    Key upTo(int depth) {
        return new Key(segments.subList(0, depth));
    }

    int depth() {
        return segments.size();
    }

    String name() {
        return segments.get(segments.size() - 1);
    }

    String first() {
        return segments.get(0);
    }

    /** Returns the key with the index of a list taken off its last name. */
    Key withoutIndex() {
        List<String> same = new ArrayList<>(segments.subList(0, segments.size() - 1));
        same.add(INDEX.matcher(name()).replaceFirst(""));
        return new Key(same);
    }

    /** Returns the key with dashes for underscores. */
    Key dashed() {
        return new Key(
                segments.stream().map(segment -> segment.replace('_', '-')).toList());
    }

    /** Returns it as the name of a property. */
    String property() {
        return segments.stream().map(Key::quoted).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return property();
    }

    private static String quoted(String segment) {
        return segment.isEmpty() || segment.contains(".") || segment.contains("\"")
                ? '"' + segment.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : segment;
    }
}
