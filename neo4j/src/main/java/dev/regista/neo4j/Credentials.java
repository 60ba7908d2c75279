package dev.regista.neo4j;

import dev.regista.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokenManager;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.exceptions.SecurityException;

/**
 * Tells the driver who logs in. Secrets are revealed on the threads of units of work, never on the driver's, which must not
 * be blocked: when the database is opened, and when the server has refused what was revealed before. An unchanged secret is
 * not tried again, because servers lock out who fails too often.
 */
final class Credentials implements AuthTokenManager {
    private final Neo4jSettings settings;
    private volatile AuthToken current;

    /** Reveals the secrets for the first time. */
    Credentials(Neo4jSettings settings) {
        this.settings = settings;
        this.current = reveal(settings);
    }

    private static AuthToken reveal(Neo4jSettings settings) {
        Secret token = settings.token();
        if (token != null) {
            return AuthTokens.bearer(token.reveal());
        }
        @Nullable String user = settings.user();
        Secret password = settings.password();
        return user == null || password == null ? AuthTokens.none() : AuthTokens.basic(user, password.reveal());
    }

    AuthToken current() {
        return current;
    }

    /** Returns whether there are other credentials by now than those that the server has refused. */
    synchronized boolean renew(AuthToken refused) {
        if (current.equals(refused)) {
            current = reveal(settings);
        }
        return !current.equals(refused);
    }

    @Override
    public CompletionStage<AuthToken> getToken() {
        return CompletableFuture.completedFuture(current);
    }

    /** Leaves the failure as it is; who began the unit of work renews the credentials. */
    @Override
    public boolean handleSecurityException(AuthToken authToken, SecurityException exception) {
        return false;
    }
}
