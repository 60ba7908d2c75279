package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServerAddressTest {

    @Test
    void takesCredentialsOutOfTheUrlAndKeepsOtherParameters() {
        ServerAddress address =
                ServerAddress.parse("jdbc:mariadb://db:3306/mysql?user=ad%40min&sslMode=trust&password=p%26w&x=1");
        assertThat(address.user()).isEqualTo("ad@min");
        assertThat(address.password()).isEqualTo("p&w");
        assertThat(address.adminDatabase()).isEqualTo("mysql");
        assertThat(address.url("shop")).isEqualTo("jdbc:mariadb://db:3306/shop?sslMode=trust&x=1");
    }

    @Test
    void needsNoParameters() {
        ServerAddress address = ServerAddress.parse("jdbc:postgresql://db/postgres");
        assertThat(address.user()).isEmpty();
        assertThat(address.url("shop")).isEqualTo("jdbc:postgresql://db/shop");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(ServerAddress.parse("jdbc:postgresql://db/postgres?user=me&password=hush"))
                .asString()
                .contains("me", "db")
                .doesNotContain("hush");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse("postgresql://me:hush@db"))
                .withMessageContaining("jdbc:")
                .withMessageNotContaining("hush");
    }
}
