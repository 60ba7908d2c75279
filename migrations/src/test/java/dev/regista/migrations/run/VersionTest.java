package dev.regista.migrations.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void isComparedNumberByNumber() {
        assertThat(Version.of("2")).isLessThan(Version.of("10")).isGreaterThan(Version.of("1.99"));
        assertThat(Version.of("1_2")).isEqualTo(Version.of("1.2.0")).hasToString("1.2");
        assertThat(Version.of("20260105120000")).isGreaterThan(Version.of("9"));
        assertThat(Version.of("001"))
                .isEqualTo(Version.of("1"))
                .hasSameHashCodeAs(Version.of("1"))
                .hasToString("001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1.", ".1", "1..2", "1-2", "+1"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> Version.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTargetIsReadAsACommandLineHasIt() {
        assertThat(Target.parse("HEAD")).isEqualTo(Target.head());
        assertThat(Target.parse("base")).isEqualTo(Target.base());
        assertThat(Target.parse("+2")).isEqualTo(Target.steps(2));
        assertThat(Target.parse("-1")).isEqualTo(Target.steps(1));
        assertThat(Target.parse("1.5")).isEqualTo(Target.version("1.5"));
        assertThatThrownBy(() -> Target.parse("tip")).hasMessageContaining("not 'tip'");
        assertThatThrownBy(() -> Target.parse("-0")).isInstanceOf(IllegalArgumentException.class);
    }
}
