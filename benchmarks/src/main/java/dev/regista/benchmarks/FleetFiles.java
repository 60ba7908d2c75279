package dev.regista.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The migrations of the fleet, out of the class path or a jar on it. */
record FleetFiles(Path root) implements AutoCloseable {
    static final String OF_TENANTS = "fleet/tenant";

    static final List<String> NAMES = List.of(
            "V1__customer_and_product.sql",
            "V2__purchase.sql",
            "V3__status.sql",
            "V4__stock.sql",
            "V5__capital_labels.sql");

    static FleetFiles unpacked() throws IOException {
        Path root = Files.createTempDirectory("regista-fleet");
        Path folder = Files.createDirectories(root.resolve(OF_TENANTS));
        for (String name : NAMES) {
            try (InputStream file = Objects.requireNonNull(
                    FleetFiles.class.getResourceAsStream("/db/migration/" + OF_TENANTS + "/" + name))) {
                Files.copy(file, folder.resolve(name));
            }
        }
        return new FleetFiles(root);
    }

    @Override
    public void close() throws IOException {
        Path folder = root.resolve(OF_TENANTS);
        for (String name : NAMES) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
        Files.delete(folder.getParent());
        Files.delete(root);
    }
}
