package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that exist in one connection only, which must neither be waited for nor lost. */
@ExtendWith(LeakChecker.class)
class PrivateMemoryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:sqlite::memory:"})
    void areMigratedUpAndDown(String url) {
        Scripts scripts = new Scripts(folder)
                .with("main/V1__one.sql", "create table one (id int primary key);")
                .with("main/V2__two.sql", "create table two (id int primary key);\ninsert into two values (2);")
                .with("main/U2__two.sql", "drop table two;");
        try (SqlDatabase database = SqlDatabase.at(url).build("main")) {
            database.connect();
            Migrations migrations = Migrations.of(database, scripts.settings());

            migrations.upgrade();

            assertThat(Sql.query(database, "select id from two")).containsExactly("2");
            migrations.downgrade(Target.steps(1));
            migrations.upgrade();
            migrations.check();
            scripts.with("main/V3__bad.sql", "insert into nowhere values (1);");
            assertThatThrownBy(migrations::upgrade).hasMessageContaining("nowhere");
            assertThat(Sql.query(database, "select id from two")).containsExactly("2");
        }
    }
}
