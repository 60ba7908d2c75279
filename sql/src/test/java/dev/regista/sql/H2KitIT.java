package dev.regista.sql;

import java.util.UUID;

class H2KitIT extends SqlKit {
    @Override
    protected SqlDatabaseBuilder database() {
        return at("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "s3cret-of-the-kit");
    }
}
