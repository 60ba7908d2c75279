package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlSplitterTest {
    private static String filled(String quote, String sql) {
        return new Placeholders("main", Set.of("orders", "order"), Set.of("customer"), Set.of(), quote, "public")
                .fill(sql, Route.SHARED.withTenantSchema("acme"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '~', textBlock = """
            select 1 from "{regista}".orders            | select 1 from "acme".orders
            select 1 from "{regista}".Orders            | select 1 from "acme".Orders
            select 1 from "{regista}"."order" o         | select 1 from "acme"."order" o
            select 1 from "{regista}".customer          | select 1 from "public".customer
            select 1 from {h-schema}orders, {h-domain}customer | select 1 from "acme".orders, "public".customer
            select nextval('"{regista}".orders')        | select nextval('"acme".orders')
            select nextval('"{regista}".orders') from "{regista}".customer | select nextval('"acme".orders') from "public".customer
            select '{h-schema}orders'                   | select '{h-schema}orders'
            select '"{regista}".orders'                 | select '{h-schema}orders'
            select 'it''s {h-schema}orders', {h-schema}orders.a | select 'it''s {h-schema}orders', "acme".orders.a
            select E'a\\'{h-schema}orders', {h-schema}orders.a | select E'a\\'{h-schema}orders', "acme".orders.a
            select "{h-schema}orders"                   | select "{h-schema}orders"
            select 1 /* {h-schema}orders' */ from {h-schema}orders | select 1 /* {h-schema}orders' */ from "acme".orders
            select $$ {h-schema}orders $$ from {h-schema}orders | select $$ {h-schema}orders $$ from "acme".orders
            select $1, a$b from {h-schema}orders        | select $1, a$b from "acme".orders
            with "x_cte_"{regista}".orders" (id) as (select 1 from "{regista}".orders) select id from "x_cte_"{regista}".orders" | with "x_cte_orders" (id) as (select 1 from "acme".orders) select id from "x_cte_orders"
            with "x_cte_"{regista}"."order"" (id) as (select 1) select 2 | with "x_cte_order" (id) as (select 1) select 2
            insert into "{regista}".HTE_orders(id) values (1) | insert into "public".HTE_orders(id) values (1)
            select 'unclosed {h-schema}orders           | select 'unclosed {h-schema}orders
            """)
    void aSchemaIsPutWhereANameIs(String sql, String expected) {
        assertThat(filled("\"", sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '~', textBlock = """
            select 1 from `{regista}`.orders            | select 1 from `acme`.orders
            select nextval(`{regista}`.`orders`)        | select nextval(`acme`.`orders`)
            select 'a\\'{h-domain}orders', "{h-domain}b" | select 'a\\'{h-domain}orders', "{h-domain}b"
            """)
    void asItIsWhereTextsHaveBackslashesAndDoubleQuotes(String sql, String expected) {
        assertThat(filled("`", sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "set search_path to a, true",
        "/* c */ SET x = 1, true",
        "-- c, false",
        "USE`acme`, true",
        "use\tacme, true",
        "user_count(), false",
        "select Set_Config('a'), true",
        "select 1; set x = 1, true",
        "set transaction read only, false",
        "set local a = 1, false",
        "create temporary table a (b int), true",
        "create local temporary table a (b int), true",
        "create table a (b int), false",
        "do $$ begin end $$, true",
        "update a set b = 1, false",
        "select offset_x from settings, false"
    })
    void whatOutlivesATransactionIsNoticed(String sql, boolean expected) {
        assertThat(SessionState.isChangedBy(sql)).isEqualTo(expected);
    }
}
