package dev.regista.config;

/**
 * One effective value.
 *
 * @param key where it is, as its source spells it
 * @param value its text, with expressions replaced; may be a secret
 * @param origin where it comes from
 * @param literal whether a file spells it out, without expressions
 * @param ordinal how strong its source is
 */
record Setting(Key key, String value, Origin origin, boolean literal, int ordinal) {
    /** Does not print the value. */
    @Override
    public String toString() {
        return key + " (" + origin + ")";
    }
}
