package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table of SQLite that is built anew, with foreign keys to it that act, in one transaction that checks them. */
@ExtendWith(LeakChecker.class)
class SqliteRebuildIT {
    @Entity(name = "Thing")
    @Table(name = "thing")
    static class Thing {
        @Id
        long id;

        Integer number;
    }

    private static final List<String> BEFORE = List.of(
            "create table thing (id bigint not null, number varchar(255), parent bigint, primary key (id),"
                    + " foreign key (parent) references thing on delete cascade)",
            "create table part (id integer primary key autoincrement, thing_id bigint not null, unique (id, thing_id),"
                    + " foreign key (thing_id) references thing (id) on delete cascade)",
            "create table note (id bigint, part_id bigint, primary key (id),"
                    + " foreign key (part_id) references part (id) on delete set null)",
            "create table plain (id bigint, thing_id bigint, primary key (id), foreign key (thing_id) references thing (id))",
            "create table log (text varchar(20))",
            "create index part_thing on part (thing_id)",
            "create trigger thing_added after insert on thing begin insert into log values ('added'); end",
            "insert into thing (id, number) values (1, '7')",
            "insert into thing (id, number, parent) values (2, '8', 1)",
            "insert into part (thing_id) values (1), (2), (1)",
            "delete from part where id = 3",
            "insert into note values (1, 1), (2, null)",
            "insert into plain values (1, 2)");

    @Test
    void noRowOfAnotherTableIsLost() throws SQLException {
        try (Store.Fresh fresh = Store.SQLITE.fresh();
                SqlDatabase database = fresh.at().models(Thing.class).build("main")) {
            database.connect();
            Scripts.execute(database, BEFORE);
            String before = dump(database);
            Generator generator = Generator.of(
                    database,
                    GeneratorOptions.builder()
                            .allowConversion(true)
                            .allowDrop(true)
                            .build());
            Migration migration = generator.compare();

            Scripts.execute(database, migration.up());

            assertThat(generator.compare().up()).isEmpty();
            assertThat(rows(database)).containsExactly("2", "2", "2", "1", "2", "1 1");
            assertThat(Scripts.query(database, "select typeof(number) from thing"))
                    .containsOnly("integer");
            assertThat(Scripts.query(database, "pragma foreign_key_check")).isEmpty();
            Scripts.execute(database, "insert into thing (id) values (3)");
            assertThat(Scripts.query(database, "select text from log"))
                    .as("the trigger")
                    .hasSize(3);
            Scripts.execute(database, "delete from thing where id = 3");

            Scripts.execute(database, "insert into part (thing_id) values (1)");
            assertThat(Scripts.query(database, "select max(id) from part")).containsExactly("4");
            Scripts.execute(database, "delete from part where id = 4");

            Scripts.execute(database, migration.down());

            assertThat(dump(database)).isEqualTo(before);
            assertThat(rows(database)).startsWith("2", "2", "2", "1");
            assertThatThrownBy(() -> Scripts.execute(database, "insert into part (thing_id) values (77)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static String dump(SqlDatabase database) throws SQLException {
        try (java.sql.Connection connection = database.dataSource().getConnection()) {
            return CatalogDump.of(Store.SQLITE, connection);
        }
    }

    private static List<String> rows(SqlDatabase database) throws SQLException {
        return Scripts.query(
                database,
                "select count(*) from thing union all select count(*) from part union all select count(*) from note"
                        + " union all select count(*) from plain union all select count(*) from log"
                        + " union all select group_concat(part_id || ' ' || id) from note where part_id is not null");
    }
}
