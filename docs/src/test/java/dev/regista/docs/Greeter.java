package dev.regista.docs;

import dev.regista.Registry;
import dev.regista.callback.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A hook that a configuration names. */
public final class Greeter implements Hook<Registry> {
    static final List<String> GREETED = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void run(Registry registry) {
        GREETED.add("opened " + registry.databases().keySet());
    }
}
