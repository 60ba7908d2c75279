package dev.regista.docs;

import static dev.regista.testing.DatabaseKit.Feature.ISOLATION;
import static dev.regista.testing.DatabaseKit.Feature.READ_CHECK;
import static dev.regista.testing.DatabaseKit.Feature.READ_ONLY;
import static dev.regista.testing.DatabaseKit.Feature.SAVEPOINTS;
import static dev.regista.testing.DatabaseKit.Feature.TIMEOUT;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.regista.Secret;
import dev.regista.object.ObjectDatabaseBuilder;
import dev.regista.testing.DatabaseKit;
import java.util.EnumSet;
import java.util.Set;

/** The kind of the guide keeps what every kind promises, on a server. */
// tag::kit[]
class LdapKitIT extends DatabaseKit<LdapKind.Session> {
    @Override
    protected ObjectDatabaseBuilder<LDAPConnectionPool, LdapKind.Session> database() throws Exception {
        LdapServer server = closeAfterwards(new LdapServer());
        return LdapKind.at(server.url(), LdapServer.USER, Secret.of(LdapServer.PASSWORD));
    }

    @Override
    protected void write(LdapKind.Session session, String key) throws Exception {
        session.add(new Entry("dn: uid=" + key + ",dc=shop", "objectClass: account", "uid: " + key));
    }

    @Override
    protected boolean exists(LdapKind.Session session, String key) throws Exception {
        return session.find("uid=" + key + ",dc=shop").isPresent();
    }

    @Override
    protected Set<Feature> lacks() {
        return EnumSet.of(SAVEPOINTS, READ_ONLY, ISOLATION, TIMEOUT, READ_CHECK);
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(LdapServer.PASSWORD);
    }
}
// end::kit[]
