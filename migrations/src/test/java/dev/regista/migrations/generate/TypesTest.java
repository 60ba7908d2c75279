package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.migrations.generate.Types.Fit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(40)|varchar(80)|WIDER",
                "varchar(80)|varchar(40)|NARROWER",
                "character varying(40)|CHARACTER VARYING(40)|WIDER",
                "character varying(255)|text|WIDER",
                "text|varchar(255)|NARROWER",
                "varchar(255)|integer|CONVERSION",
                "int|bigint|WIDER",
                "BIGINT|INTEGER|NARROWER",
                "numeric(10,2)|numeric(14,4)|WIDER",
                "numeric(10,2)|numeric(10,4)|NARROWER",
                "numeric(10,2)|numeric|WIDER",
                "timestamp(3) without time zone|timestamp(6) without time zone|WIDER",
                "timestamp(6) without time zone|timestamp(6) with time zone|CONVERSION",
                "enum('A','B')|enum('A','B','C')|WIDER",
                "ENUM('A', 'B')|ENUM('A', 'C')|NARROWER",
                "real|double precision|WIDER",
                "boolean|integer|CONVERSION",
            })
    void tellsWhetherEveryValueFits(String from, String to, Fit fit) {
        assertThat(Types.fit(from, to)).isEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "integer|0",
                "DECIMAL(10,2)|0",
                "double precision|0",
                "varchar(20)|''",
                "BOOLEAN|false",
                "bit(1)|b'0'",
                "enum('B','A')|'B'",
                "timestamp(6) with time zone|'1970-01-01 00:00:00+00:00'",
            })
    void knowsAValueOfEachType(String type, String value) {
        assertThat(Types.neutral(type)).isEqualTo(value);
    }
}
