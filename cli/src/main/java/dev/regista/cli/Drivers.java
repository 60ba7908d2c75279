package dev.regista.cli;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes drivers of the application's class path known: DriverManager hides those of other class loaders. */
final class Drivers {
    private Drivers() {}

    /** Registers the drivers that a loader has and this program has not. */
    static List<Driver> register(ClassLoader loader) {
        List<Driver> registered = new ArrayList<>();
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.getClass().getClassLoader() == loader) {
                    Driver known = new Known(driver);
                    DriverManager.registerDriver(known);
                    registered.add(known);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return registered;
    }

    static void deregister(List<Driver> drivers) {
        try {
            for (Driver driver : drivers) {
                DriverManager.deregisterDriver(driver);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Known(Driver driver) implements Driver {
        @Override
        public @Nullable Connection connect(String url, Properties info) throws SQLException {
            return driver.connect(url, info);
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return driver.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
            return driver.getPropertyInfo(url, info);
        }

        @Override
        public int getMajorVersion() {
            return driver.getMajorVersion();
        }

        @Override
        public int getMinorVersion() {
            return driver.getMinorVersion();
        }

        @Override
        public boolean jdbcCompliant() {
            return driver.jdbcCompliant();
        }

        @Override
        public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
            return driver.getParentLogger();
        }
    }
}
