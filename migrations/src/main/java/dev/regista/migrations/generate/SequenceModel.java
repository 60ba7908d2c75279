package dev.regista.migrations.generate;

import java.math.BigInteger;

/** A sequence. Where it started says nothing of one in use, and is not compared. */
record SequenceModel(
        String name,
        BigInteger start,
        BigInteger increment,
        BigInteger minimum,
        BigInteger maximum,
        long cache,
        boolean cycle) {

    SequenceModel named(String newName) {
        return new SequenceModel(newName, start, increment, minimum, maximum, cache, cycle);
    }

    boolean sameAs(SequenceModel other) {
        return startingAt(BigInteger.ONE).equals(other.startingAt(BigInteger.ONE));
    }

    private SequenceModel startingAt(BigInteger value) {
        return new SequenceModel(name, value, increment, minimum, maximum, cache, cycle);
    }
}
