package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be misread is refused, and the refusal shows nothing of it. */
class DatabaseUrlRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada/hidden:pw@host/db",
                "postgresql://ada:hid/den@host/db",
                "postgresql://ada?hidden@host/db"
            })
    void anAtSignWhereAPasswordMayEndHasToBeEscaped(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("%2F", "%40")
                .hasMessageNotContainingAny("hidden", "ada", "hid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada@host/a@b",
                "postgresql://ada:pw@host/a@b",
                "sqlite:////var/lib/a@b",
                "sqlite:///a@b",
                "postgresql://host/a%40b",
                "postgresql://host/a?user=a@b"
            })
    void anAtSignThatCannotEndAPasswordIsRead(String text) {
        assertThat(DatabaseUrl.parse(text).path()).endsWith(text.contains("?") ? "a" : "a@b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgresql://::1/db", "postgresql://::1,::2/db", "postgresql://h1:1,::2/db", "postgresql://::1"
            })
    void anIpV6AddressNeedsBrackets(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("brackets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pg://ada:70000", "pg://ada:123456", "pg://ada:+5432", "pg://ada:0", "pg://ada:٣", "pg://ada:"})
    void whatIsNoPortMayBeAPassword(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("port")
                .hasMessageNotContainingAny("70000", "123456", "5432", "٣");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "x y",
                "a\tb",
                "a\nb",
                "a\u0000b",
                "a\u0085b",
                "a\u00a0b",
                "x:y",
                "db:5432",
                "[::1]:5432",
                "a/b,c"
            })
    void aHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> DatabaseUrl.builder("postgresql").host(host).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("host")
                .hasMessageNotContaining(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://ho st/db", "postgresql://ho#st/db", "postgresql://ho\tst:1/db"})
    void aHostThatIsNoneIsRefusedInText(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void onePortForSeveralHostsIsRefused() {
        assertThatThrownBy(() -> DatabaseUrl.builder("postgresql")
                        .host("h1,h2")
                        .port(5432)
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("each");
    }

    @Test
    void anEmptyUserIsNone() {
        assertThat(DatabaseUrl.builder("pg").host("h").user("").build().user()).isEmpty();
        assertThatThrownBy(() -> DatabaseUrl.builder("pg")
                        .host("h")
                        .user("")
                        .password(Secret.of("x"))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no user");
    }
}
