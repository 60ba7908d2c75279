package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a password contains, and wherever it stands: it is not shown. */
class DatabaseUrlMaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:pa'hidden@host/db",
                "postgresql://ada:pa\"hidden@host/db",
                "postgresql://ada:hid hidden@host/db",
                "postgresql://ada:p@hidden hidden@host/db",
                "postgresql://ada:12345 hidden@host/db",
                "postgresql://ada:hidden\n@host/db",
                "postgresql://ada:hidden",
                "postgresql://:hidden@host/db",
                "postgresql://ada@corp:hidden@host/db",
                "postgresql://ada b:hidden@host/db",
                "postgresql://ada/b:hidden@host/db",
                "postgresql://ada?b:hidden@host/db",
                "postgresql://ada:a/hidden@host/db",
                "postgresql://[x:hidden@[::1]:5432/db",
                "postgresql://ada:hidden@host/db and mysql://bob:hidden@other/db",
                "postgresql://ada:hidden@host/db,mysql://bob:hidden@other/db",
                "jdbc:oracle:thin:ada/hidden@host:1521/x",
                "jdbc:oracle:thin:ada/p@hidden@//host:1521/x",
            })
    void thePasswordBeforeAHostIsMasked(String text) {
        assertMasked(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host/db?pass=hidden",
                "jdbc:postgresql://host:5432/db?password=p@hidden&ssl=true",
                "jdbc:x://h?password=a,hidden",
                "jdbc:x://h?password=a;hidden&b=c",
                "jdbc:x://h?password=a)hidden&b=c",
                "jdbc:x://h?password=a hidden&b=c",
                "jdbc:x://h?user=u&passcode=hidden",
                "jdbc:x://h?user=u&sslPassword='hid den hidden'",
                "jdbc:h2:mem:x;PASSWORD=hidden",
                "jdbc:h2:mem:x;PASSWORD=a&hidden;MODE=x",
                "jdbc:h2:mem:x;PASSWORD=a hidden;MODE=x",
                "jdbc:sqlserver://h; password=a hidden; encrypt=true",
                "jdbc:sqlserver://h;password={a}}hidden};x=y",
                "jdbc:sqlserver://h;password={a;b=hidden};x=y",
                "jdbc:sqlserver://h;password={a;b=hidden",
                "jdbc:db2://h:1/x:user=a;passcode=hidden;",
                "jdbc:db2://h:1/x:password=hidden;user=a;",
                "jdbc:mysql://address=(host=h)(password=a)hidden)(user=b)/x",
                "password=hidden",
                "pass=hidden hidden",
                "password={a}}hidden}",
                "\"password=hidden\"",
                "{password=hidden}",
                "{user=ada, password=a hidden, ssl=true}",
                "host=h password='a\\' hidden' user=b",
                "password='a'hidden",
                "api-key = hidden",
                "aws_secret_access_key=hidden",
                "line\npassword=hidden\nline"
            })
    void theValueOfAParameterWhoseNameSaysThatItIsSecretIsMasked(String text) {
        assertMasked(text);
    }

    private static void assertMasked(String text) {
        String masked = DatabaseUrl.mask(text);

        assertThat(masked).doesNotContain("hidden").contains("***");
        assertThat(DatabaseUrl.mask(masked)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pg://a:p1@h/x and my://b:p2@i/y, done | pg://a:***@h/x and my://b:***@i/y, done",
                "pg://a:p1@h/x,my://b:p2@i/y | pg://a:***@h/x,my://b:***@i/y",
                "http://h:8080/x and pg://a:p1@h/x | http://h:8080/x and pg://a:***@h/x",
                "pg://a:p1@h/x: Access denied for 'a'@'h' | pg://a:***@h/x: Access denied for 'a'@'h'",
                "pg://h:5432/x?password=p@1&ssl=on | pg://h:5432/x?password=***&ssl=on",
                "jdbc:sqlserver://h;password={a}}b;c=};x=y | jdbc:sqlserver://h;password=***;x=y",
                "{user=ada, password=p1, ssl=true} | {user=ada, password=***, ssl=true}",
                "host=h password=p1 user=b | host=h password=*** user=b"
            })
    void whatStandsBesideAPasswordStays(String text, String masked) {
        assertThat(DatabaseUrl.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host:5432/db?ssl=true",
                "jdbc:postgresql://[::1]:5432,[::2]:5433/db",
                "jdbc:sqlserver://h\\instance:1433;encrypt=true",
                "jdbc:oracle:thin:@//h:1521/x",
                "sqlite:////var/lib/a@b.db",
                "sqlite:///C:/data/a@b.db",
                "cannot reach http://h:8080: refused",
                "jdbc:postgresql://h:5432/db failed, ask ada@example.org",
                "see https://example.org/path?q=a@b",
                "no URL at all: a = b"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(DatabaseUrl.mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                ":",
                "@",
                "'@'",
                "//a:",
                "//a:1/",
                "//",
                "//a ",
                " //a:b@h",
                "//[::1]",
                "//a:b ",
                "[::",
                "a",
                " ",
                "{",
                "password",
                "password=",
                "password=a;",
                ";password=a",
                "&password=a&",
                "(password=a",
                "password =",
                "password ",
                ";pass={",
                "pass={;",
                "pass='&",
                "jdbc:oracle:a:",
                "jdbc: ",
                "a://",
                " a://b:c",
                "&a",
                "=",
                "\n"
            })
    void aLongTextIsMaskedInLinearTime(String piece) {
        String text = piece.repeat((1 << 18) / piece.length());

        // Quadratic time is more than ten seconds; the limit leaves room for a busy machine.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(3), () -> {
            DatabaseUrl.mask(text);
            DatabaseUrl.mask(text + " x@y");
            DatabaseUrl.mask("pg://a:b@h?password=" + text);
        });
    }
}
