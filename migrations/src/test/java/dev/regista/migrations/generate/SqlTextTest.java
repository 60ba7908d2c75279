package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void partsAreBetweenCommasThatAreInNothing() {
        SqlText table = SqlText.of(
                "create table \"a (,\" (id int, b varchar(3) check (b in ('x, y', ')')), primary key (id, b)) strict");

        assertThat(SqlText.of(table.inParentheses()).parts())
                .containsExactly("id int", "b varchar(3) check (b in ('x, y', ')'))", "primary key (id, b)");
        assertThat(table.afterParentheses()).isEqualTo("strict");
        assertThat(SqlText.of(table.inParentheses()).after("check")).containsExactly("b in ('x, y', ')')");
    }

    @Test
    void aNameIsReplacedWhereItIsAName() {
        assertThat(SqlText.of("`a` > 0 and a < 'a' || \"a\".aa").renamed("a", "b", "`b`"))
                .isEqualTo("`b` > 0 and b < 'a' || `b`.aa");
    }

    @Test
    void quotesInNamesAreDoubled() {
        assertThat(SqlText.of(" -- what\n \"a\"\"b\" int").firstName()).isEqualTo("a\"b");
        assertThat(SqlText.of("[my column] int").firstName()).isEqualTo("my column");
    }
}
