package dev.regista.docs;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.LDAPSDKException;
import java.net.InetAddress;

/** An LDAP server in this process, with an empty directory under {@code dc=shop}. */
final class LdapServer implements AutoCloseable {
    static final String USER = "cn=shop";
    static final String PASSWORD = "planted-ldap-password";

    private final InMemoryDirectoryServer server;

    LdapServer() throws LDAPSDKException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=shop");
        config.addAdditionalBindCredentials(USER, PASSWORD);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("loopback", InetAddress.getLoopbackAddress(), 0, null));
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=shop", "objectClass: domain", "dc: shop");
        server.startListening();
    }

    String url() {
        return "ldap://127.0.0.1:" + server.getListenPort();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
