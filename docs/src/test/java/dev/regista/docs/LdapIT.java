package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.config.Regista;
import dev.regista.object.ObjectDatabase;
import dev.regista.spi.UnitFailedException;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kind of the guide, from a configuration. */
@ExtendWith(LeakChecker.class)
class LdapIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    private LdapServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LdapServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Registry open() {
        return Regista.load(MODULE.resolve("src/test/resources/ldap.yaml"))
                .environment(Map.of("LDAP_URL", server.url(), "LDAP_PASSWORD", LdapServer.PASSWORD))
                .open();
    }

    @Test
    void itIsUsedAsTheOthersAre() throws Exception {
        Registry registry = open();
        try (registry) {
            // tag::use[]
            Database<LdapKind.Session> people = registry.database("people").as(LdapKind.Session.class);
            people.run(session -> session.add(new Entry("dn: uid=ada,dc=shop", "objectClass: account", "uid: ada")));
            Optional<Entry> ada = people.read(session -> session.find("uid=ada,dc=shop"));

            // What a unit of work has no method for: the pool itself.
            LDAPConnectionPool pool = (LDAPConnectionPool) ((ObjectDatabase<?, ?>) people).object();
            int all = pool.search("dc=shop", SearchScope.SUB, "(uid=*)").getEntryCount();
            // end::use[]
            assertThat(ada)
                    .hasValueSatisfying(
                            entry -> assertThat(entry.getAttributeValue("uid")).isEqualTo("ada"));
            assertThat(all).isEqualTo(1);
        }
    }

    @Test
    void parentsAreSentBeforeTheirChildren() throws Exception {
        try (Registry registry = open()) {
            Database<LdapKind.Session> people = registry.database("people").as(LdapKind.Session.class);
            people.run(session -> {
                session.add(new Entry("dn: uid=ada,ou=staff,dc=shop", "objectClass: account", "uid: ada"));
                session.add(new Entry("dn: ou=staff,dc=shop", "objectClass: organizationalUnit", "ou: staff"));
            });
            Optional<Entry> ada = people.read(session -> session.find("uid=ada,ou=staff,dc=shop"));
            assertThat(ada).isPresent();
        }
    }

    @Test
    void ofATransactionThatTheServerRefusesNothingIsThere() throws Exception {
        try (Registry registry = open()) {
            Database<LdapKind.Session> people = registry.database("people").as(LdapKind.Session.class);
            assertThatThrownBy(() -> people.run(session -> {
                        session.add(new Entry("dn: uid=ada,dc=shop", "objectClass: account", "uid: ada"));
                        session.add(new Entry("dn: uid=bob,dc=elsewhere", "objectClass: account", "uid: bob"));
                    }))
                    .isInstanceOf(UnitFailedException.class)
                    .hasCauseInstanceOf(LDAPException.class);
            Optional<Entry> ada = people.read(session -> session.find("uid=ada,dc=shop"));
            assertThat(ada).isEmpty();
        }
    }

    @Test
    void itHasLessThanSixtyLinesOfCode() throws IOException {
        List<String> code = Files.readAllLines(MODULE.resolve("src/test/java/dev/regista/docs/LdapKind.java")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("/**"))
                .filter(line -> !line.startsWith("package ") && !line.startsWith("import "))
                .toList();
        assertThat(code)
                .hasSizeLessThan(60)
                .filteredOn(line -> line.matches(".*\\b(class|record|interface|enum) [A-Z].*"))
                .hasSize(2);
    }
}
