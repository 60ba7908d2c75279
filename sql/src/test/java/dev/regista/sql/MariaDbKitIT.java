package dev.regista.sql;

import dev.regista.testing.TestServers;

class MariaDbKitIT extends SqlKit {
    @Override
    protected SqlDatabaseBuilder database() {
        return on(TestServers.mariadb());
    }
}
