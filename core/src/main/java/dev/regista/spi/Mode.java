package dev.regista.spi;

/** What a unit of work may do, and in which form. */
public enum Mode {
    /** A transaction that reads and writes. */
    WRITE,
    /** A transaction that only reads. */
    READ_ONLY,
    /** No transaction at all: each statement on its own, reading only. */
    READ
}
