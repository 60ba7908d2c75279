package dev.regista.testing;

import java.util.function.BooleanSupplier;

/** Lets traffic pass, or holds it. */
final class Gate {

    /** Guarded by this. */
    private boolean shut;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** Makes everybody who waits look again whether that still makes sense. */
    synchronized void wake() {
        notifyAll();
    }

    /** Waits until the gate is open, or the reason to wait has gone. */
    synchronized void pass(BooleanSupplier gone) throws InterruptedException {
        while (shut && !gone.getAsBoolean()) {
            wait();
        }
    }
}
