package dev.regista.migrations.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitterTest {
    private static List<String> split(String text, Engine engine) {
        return Splitter.split(text, engine).stream().map(Splitter.Part::sql).toList();
    }

    @Test
    void splitsAtSemicolonsOutsideOfTextsNamesAndComments() {
        String script = "select ';' ; -- a; b\nselect \"x;y\" /* c; d */;\n\n select 'it''s; ok'";
        for (Engine engine : Engine.values()) {
            assertThat(split(script, engine))
                    .containsExactly("select ';'", "-- a; b\nselect \"x;y\" /* c; d */", "select 'it''s; ok'");
        }
    }

    @Test
    void leavesOutWhatIsEmptyOrOnlyComments() {
        for (Engine engine : Engine.values()) {
            assertThat(split(";; -- nothing\n;/* nothing */\n", engine)).isEmpty();
        }
    }

    @Test
    void countsTheLineInWhichAStatementBegins() {
        assertThat(Splitter.split("-- one\nselect 1;\n/* three\nfour */\n\nselect 2;", Engine.H2))
                .extracting(Splitter.Part::line)
                .containsExactly(2, 6);
    }

    @Test
    void knowsBackslashesHashesAndDashesOfMariaDb() {
        assertThat(split("select 'a\\';b'; select 2--1;\n# c; d\nselect `e;f`", Engine.MARIADB))
                .containsExactly("select 'a\\';b'", "select 2--1", "# c; d\nselect `e;f`");
        assertThat(split("select 'a\\'; select E'b\\';c';", Engine.POSTGRESQL))
                .containsExactly("select 'a\\'", "select E'b\\';c'");
    }

    @Test
    void keepsCommentsThatMariaDbExecutes() {
        assertThat(split("/*!40101 set names utf8 */; /* not this; */ select 1", Engine.MARIADB))
                .containsExactly("/*!40101 set names utf8 */", "/* not this; */ select 1");
    }

    @Test
    void knowsDollarQuotesAndNestedComments() {
        assertThat(split(
                        "do $$ begin; end $$; select $1; do $a$ ;$$; $a$; select foo$bar$ /* a /* b; */ c; */;",
                        Engine.POSTGRESQL))
                .containsExactly(
                        "do $$ begin; end $$", "select $1", "do $a$ ;$$; $a$", "select foo$bar$ /* a /* b; */ c; */");
        assertThat(split("create alias f as $$ int f() { return 1; } $$; select 1", Engine.H2))
                .hasSize(2);
    }

    @Test
    void keepsTheBodiesOfTriggersAndRoutinesTogether() {
        String procedure = "create or replace definer=`root`@`%` procedure p() begin declare i int;"
                + " case i when 1 then select 1; else begin end; end case; if i > 0 then select case i when 2 then 3 end;"
                + " end if; while i > 0 do set i = 0; end while; end";
        assertThat(split(procedure + "; select 1;", Engine.MARIADB)).containsExactly(procedure, "select 1");
        String trigger = "create temp trigger t after insert on a begin update a set b = 1; delete from c; end";
        assertThat(split(trigger + ";\nselect 1;", Engine.SQLITE)).containsExactly(trigger, "select 1");
        String function = "create function f() returns int language sql begin atomic select 1; select 2; end";
        assertThat(split(function + "; select 1", Engine.POSTGRESQL)).containsExactly(function, "select 1");
        String block = "begin not atomic select 1; end";
        assertThat(split(block + "; select 1", Engine.MARIADB)).containsExactly(block, "select 1");
        String simple = "create trigger t before insert on a for each row set new.b = 1";
        assertThat(split(simple + "; create table b (begin_at int); begin; commit", Engine.MARIADB))
                .containsExactly(simple, "create table b (begin_at int)", "begin", "commit");
        assertThat(split("create table trigger_begin (a int); create view v as select 1", Engine.MARIADB))
                .hasSize(2);
    }

    @Test
    void obeysDelimiter() {
        assertThat(split(
                        "delimiter //\ncreate procedure p() begin select 1; end//\nDELIMITER ;\nselect 2; select 3",
                        Engine.MARIADB))
                .containsExactly("create procedure p() begin select 1; end", "select 2", "select 3");
    }

    @Test
    void survivesWhatDoesNotEnd() {
        for (Engine engine : Engine.values()) {
            for (String text : List.of("select 'a", "select \"a", "select /* a", "select $a$ b", "-- a", "'\\", "$")) {
                assertThat(split(text, engine)).hasSizeLessThanOrEqualTo(1);
            }
        }
    }
}
