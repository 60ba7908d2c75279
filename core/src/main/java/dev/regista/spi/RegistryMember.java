package dev.regista.spi;

import dev.regista.Registry;

/** A database that works with others of the registries it is in. */
public interface RegistryMember {
    /**
     * Called when a registry has been built that this database is in, and when it has been added to one. Must do no I/O, and
     * must not keep the registry from being collected.
     *
     * @param registry the registry; not connected yet if it has just been built
     */
    void joined(Registry registry);
}
