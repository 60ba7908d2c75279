package dev.regista.docs;

// tag::kind[]
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.TransactionSpecificationRequestControl;
import com.unboundid.ldap.sdk.extensions.EndTransactionExtendedRequest;
import com.unboundid.ldap.sdk.extensions.StartTransactionExtendedRequest;
import dev.regista.Secret;
import dev.regista.object.ObjectDatabase;
import dev.regista.object.ObjectDatabaseBuilder;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** LDAP directories. What a unit of work adds is kept until its end, and then sent as one transaction (RFC 5805). */
public final class LdapKind implements DatabaseKind {
    private static final Option<Address> URL = Option.address("url").required();
    private static final Option<String> USER = Option.text("user").required();
    private static final Option<Secret> PASSWORD = Option.secret("password").required();

    @Override
    public String name() {
        return "ldap";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(URL, USER, PASSWORD);
    }

    @Override
    public ObjectDatabaseBuilder<LDAPConnectionPool, Session> build(Values values) {
        return at(values.get(URL).reveal(), values.get(USER), values.get(PASSWORD));
    }

    public static ObjectDatabaseBuilder<LDAPConnectionPool, Session> at(String url, String user, Secret password) {
        return ObjectDatabase.opening(
                        () -> open(url, user, password), Session.class, pool -> new Session(pool, new TreeMap<>()))
                .commit(Session::commit)
                .rollback(session -> session.added.clear())
                .close(LDAPConnectionPool::close);
    }

    private static LDAPConnectionPool open(String url, String user, Secret password) throws LDAPException {
        LDAPURL at = new LDAPURL(url);
        return new LDAPConnectionPool(new LDAPConnection(at.getHost(), at.getPort(), user, password.reveal()), 1, 10);
    }

    public record Session(LDAPConnectionPool pool, Map<DN, Entry> added) {
        public void add(Entry entry) throws LDAPException {
            added.put(entry.getParsedDN(), entry);
        }

        public Optional<Entry> find(String dn) throws LDAPException {
            Entry own = added.get(new DN(dn));
            return Optional.ofNullable(own == null ? pool.getEntry(dn) : own);
        }

        private void commit() throws LDAPException {
            LDAPConnection connection = pool.getConnection();
            try {
                var begun = checked(new StartTransactionExtendedRequest().process(connection, 1));
                for (Entry entry : added.values()) {
                    Control inside = new TransactionSpecificationRequestControl(begun.getTransactionID());
                    connection.add(new AddRequest(entry, new Control[] {inside}));
                }
                checked(new EndTransactionExtendedRequest(begun.getTransactionID(), true).process(connection, 1));
                pool.releaseConnection(connection);
            } catch (LDAPException e) {
                pool.releaseDefunctConnection(connection);
                throw e;
            }
        }
    }

    private static <R extends ExtendedResult> R checked(R result) throws LDAPException {
        if (result.getResultCode() != ResultCode.SUCCESS) {
            throw new LDAPException(result);
        }
        return result;
    }
}
// end::kind[]
