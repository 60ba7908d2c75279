package dev.regista.neo4j;

import dev.regista.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.neo4j.driver.Config;
import org.neo4j.driver.Config.ConfigBuilder;
import org.neo4j.driver.Config.TrustStrategy;
import org.neo4j.driver.net.ServerAddress;

/** Translates settings for the driver. */
final class DriverConfig {
    private DriverConfig() {}

    /**
     * Reads nothing yet, but looks for the certificate file.
     *
     * @throws ConfigurationException if it is not there
     */
    static Config of(Neo4jSettings settings, Duration connectTimeout) {
        PoolSettings pool = settings.pool();
        ConfigBuilder config = Config.builder()
                .withFetchSize(settings.fetchSize())
                .withConnectionTimeout(connectMillis(connectTimeout, pool.waitLimit()), TimeUnit.MILLISECONDS)
                .withConnectionAcquisitionTimeout(pool.waitLimit().toMillis(), TimeUnit.MILLISECONDS)
                .withMaxConnectionPoolSize(pool.size())
                .withMaxConnectionLifetime(pool.maxLifetime().toMillis(), TimeUnit.MILLISECONDS)
                .withConnectionLivenessCheckTimeout(pool.testAfterIdle().toMillis(), TimeUnit.MILLISECONDS);
        encrypt(config, settings);
        resolve(config, settings.address());
        return config.build();
    }

    /** The driver wants no more for connecting than for waiting, and has an int for it. */
    private static long connectMillis(Duration connectTimeout, Duration waitLimit) {
        Duration shorter = waitLimit.isZero() || connectTimeout.compareTo(waitLimit) < 0 ? connectTimeout : waitLimit;
        return Math.min(Integer.MAX_VALUE, Math.max(1, shorter.toMillis()));
    }

    private static void encrypt(ConfigBuilder config, Neo4jSettings settings) {
        Path certificates = settings.certificateFile();
        if (certificates != null && !Files.isReadable(certificates)) {
            throw new ConfigurationException("the certificate file '" + certificates + "' cannot be read");
        }
        switch (settings.encryption()) {
            case NONE -> config.withoutEncryption();
            case UNVERIFIED -> config.withEncryption().withTrustStrategy(TrustStrategy.trustAllCertificates());
            case VERIFIED ->
                config.withEncryption()
                        .withTrustStrategy(
                                certificates == null
                                        ? TrustStrategy.trustSystemCertificates()
                                        : TrustStrategy.trustCustomCertificateSignedBy(certificates.toFile()));
        }
    }

    /** Of several members, the driver asks each for the others, in this order, until one answers. */
    private static void resolve(ConfigBuilder config, Neo4jAddress address) {
        if (address.members().size() > 1) {
            Set<ServerAddress> members = address.members().stream()
                    .map(member -> ServerAddress.of(member.getHost(), member.getPort()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            config.withResolver(asked -> members);
        }
    }
}
