package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens physical connections. Credentials are put together for each one, so that a rotated password is used from the next
 * connection on, and are neither in the URL nor in the pool's configuration, where they could be printed.
 */
final class PhysicalConnections extends SimpleDataSource {
    private final JdbcTarget target;
    private final @Nullable Driver driver;
    private final Properties properties = new Properties();

    /**
     * Finds the driver; opens nothing.
     *
     * @param tenants whether there are any
     * @throws ConfigurationException if no driver accepts the URL
     */
    PhysicalConnections(JdbcTarget target, Duration connectTimeout, boolean tenants) {
        this.target = target;
        this.driver = target.dataSource() == null ? driver(target.url()) : null;
        Product product = Product.suggestedBy(target.url());
        properties.putAll(product.driverDefaults(connectTimeout));
        if (tenants) {
            properties.putAll(product.driverDefaultsWithTenants());
        }
        properties.putAll(target.driverProperties());
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource dataSource = target.dataSource();
        if (dataSource != null) {
            return dataSource.getConnection();
        }
        Properties all = new Properties();
        all.putAll(properties);
        String user = target.user();
        if (user != null) {
            all.put("user", user);
        }
        Secret password = target.password();
        if (password != null) {
            all.put("password", password.reveal());
        }
        @Nullable
        Connection connection =
                java.util.Objects.requireNonNull(driver, "driver").connect(target.url(), all);
        if (connection == null) {
            throw new ConfigurationException(
                    "the driver " + driver.getClass().getName() + " does not accept the URL '" + target.masked() + "'");
        }
        return connection;
    }

    private static Driver driver(String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            String present = DriverManager.drivers()
                    .map(driver -> driver.getClass().getName())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new ConfigurationException("no JDBC driver on the class path accepts the URL '"
                    + DatabaseUrl.mask(url) + "'; drivers present: " + (present.isEmpty() ? "none" : present));
        }
    }
}
