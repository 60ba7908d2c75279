package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.testing.TestServers;
import io.ebean.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.hibernate.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/**
 * Where the figures come from.
 *
 * @param machine processor, number of cores, operating system
 * @param java the JVM
 * @param versions the server, the driver and the peers
 */
record Environment(String machine, String java, String versions) {
    static Environment here() throws SQLException {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.version");
        return new Environment(
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + os,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                found());
    }

    private static String found() throws SQLException {
        try (var database = TestServers.postgres().newDatabase();
                Connection connection = database.connect()) {
            DatabaseMetaData server = connection.getMetaData();
            return server.getDatabaseProductName() + " "
                    + server.getDatabaseProductVersion().replaceFirst(" .*", "")
                    + ", pgjdbc " + server.getDriverVersion()
                    + ", HikariCP " + implementation(HikariDataSource.class)
                    + ", Hibernate " + Version.getVersionString()
                    + ", Ebean " + implementation(Database.class)
                    + ", Spring Boot " + SpringBootVersion.getVersion()
                    + " with Spring " + SpringVersion.getVersion();
        }
    }

    private static @Nullable String implementation(Class<?> type) {
        String jar = String.valueOf(type.getProtectionDomain().getCodeSource().getLocation());
        return jar.replaceFirst(".*-(\\d[^/]*)\\.jar$", "$1");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
