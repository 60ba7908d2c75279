package dev.regista.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
    @TempDir
    Path folder;

    @Test
    void driversOfAnotherClassPathAreKnownUntilTheEnd() throws IOException, SQLException {
        compile();
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            List<Driver> drivers = Drivers.register(loader);

            assertThat(drivers).hasSize(1);
            assertThat(DriverManager.getDriver("jdbc:toy:box").getMajorVersion())
                    .isEqualTo(42);
            Drivers.deregister(drivers);
            assertThatThrownBy(() -> DriverManager.getDriver("jdbc:toy:box")).isInstanceOf(SQLException.class);
        }
    }

    private void compile() throws IOException {
        Path source = Files.writeString(folder.resolve("Toy.java"), """
                public class Toy implements java.sql.Driver {
                    public java.sql.Connection connect(String url, java.util.Properties info) {
                        return null;
                    }

                    public boolean acceptsURL(String url) {
                        return url.startsWith("jdbc:toy:");
                    }

                    public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) {
                        return new java.sql.DriverPropertyInfo[0];
                    }

                    public int getMajorVersion() {
                        return 42;
                    }

                    public int getMinorVersion() {
                        return 0;
                    }

                    public boolean jdbcCompliant() {
                        return false;
                    }

                    public java.util.logging.Logger getParentLogger() {
                        return null;
                    }
                }
                """);
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.sql.Driver"), "Toy\n");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
    }
}
