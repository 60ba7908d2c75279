package dev.regista.config;

import org.jspecify.annotations.Nullable;

/**
 * One value of a file, or the beginning of one of its blocks.
 *
 * @param key where it is
 * @param value its text; null for a key without a value, or a block or list
 * @param line its line, from 1; 0 where there are no lines
 * @param opens whether it is a block or list with something in it, which other entries follow
 */
record Entry(Key key, @Nullable String value, int line, boolean opens) {
    Entry(Key key, @Nullable String value, int line) {
        this(key, value, line, false);
    }

    /** Returns it with its key relative to a block. */
    Entry below(Key block) {
        return new Entry(key.after(block), value, line, opens);
    }
}
