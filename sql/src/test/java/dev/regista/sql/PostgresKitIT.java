package dev.regista.sql;

import dev.regista.testing.TestServers;

class PostgresKitIT extends SqlKit {
    @Override
    protected SqlDatabaseBuilder database() {
        return on(TestServers.postgres());
    }
}
