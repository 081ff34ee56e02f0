package dyno.security;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes keys, ends them, and says whose a key is.
///
/// Nothing of a key is remembered between two requests, so that a key that is revoked is refused from the next one
/// on, at every node. Safe for any number of threads.
public final class ApiKeys {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /// How exactly it is known when a key was last used: a write for each request would be a high price.
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final ApiKeyStore store;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ApiKeys(DataSource database, InstantSource clock) {
        var jdbc = JdbcClient.create(database);
        this.store = new ApiKeyStore(jdbc);
        this.audit = new AuditLog(jdbc);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.clock = clock;
    }

    /// A key that was just made; its text is had from here or never.
    public record Made(ApiKey key, String text) {

        @Override
        public String toString() {
            return key.toString();
        }
    }

    /// @param lifetime null for a key that does not expire
    /// @throws KeyRefusedException where the name cannot be one, or a key has it
    public Made create(String name, Scope scope, @Nullable Duration lifetime) {
        if (!NAME.matcher(name).matches()) {
            throw new KeyRefusedException(
                    "A key's name is 1 to 63 of a-z, 0-9, '.', '_', '-', and begins with a letter or digit; '%s' does not"
                            .formatted(name));
        }
        return inTransaction(() -> {
            if (store.lockCurrent(name).isPresent()) {
                throw new KeyRefusedException(
                        "There is a key %s already; rotate it, revoke it, or choose another name".formatted(name));
            }
            audit.command("keys create %s --scope %s".formatted(name, scope.word()), clock.instant());
            return add(name, scope, lifetime);
        });
    }

    /// Makes another key of the same name and scope, with the same time to live.
    ///
    /// @param overlap how long the old one still counts; zero ends it at once
    /// @throws KeyRefusedException where there is none
    public Made rotate(String name, Duration overlap) {
        return inTransaction(() -> {
            var old = store.lockCurrent(name).orElseThrow(() -> new KeyRefusedException("There is no key " + name));
            var now = clock.instant();
            store.replace(old.prefix(), now, now.plus(overlap));
            audit.command("keys rotate " + name, now);
            return add(name, old.scope(), lifetime(old));
        });
    }

    private static @Nullable Duration lifetime(ApiKey key) {
        return key.expiresAt() == null ? null : Duration.between(key.createdAt(), key.expiresAt());
    }

    /// Ends every key of this name, those that a rotation left among them.
    ///
    /// @throws KeyRefusedException where there is none to revoke
    public void revoke(String name) {
        inTransaction(() -> {
            if (store.revoke(name, clock.instant()) == 0) {
                throw new KeyRefusedException("There is no key %s that could be revoked".formatted(name));
            }
            audit.command("keys revoke " + name, clock.instant());
            return name;
        });
    }

    /// Every key that ever was, by name, newest first.
    public List<ApiKey> all() {
        return store.all();
    }

    public ApiKey.State state(ApiKey key) {
        return key.stateAt(clock.instant());
    }

    /// Whose key this is; empty for what is no key of ours, and for keys that have expired or were revoked.
    Optional<ApiKey> authenticate(String text) {
        return KeyText.parse(text).flatMap(this::authenticate);
    }

    private Optional<ApiKey> authenticate(KeyText text) {
        var now = clock.instant();
        var key = store.find(text.prefix())
                .filter(stored -> MessageDigest.isEqual(stored.secretHash(), text.hash()))
                .map(ApiKeyStore.Stored::key)
                .filter(found -> found.stateAt(now) == ApiKey.State.ACTIVE);
        key.ifPresent(found -> note(found, now));
        return key;
    }

    private void note(ApiKey key, Instant now) {
        var limit = now.minus(USE_IS_NOTED_EVERY);
        if (key.lastUsedAt() == null || key.lastUsedAt().isBefore(limit)) {
            store.used(key.prefix(), now, limit);
        }
    }

    private Made add(String name, Scope scope, @Nullable Duration lifetime) {
        var text = KeyText.random(random);
        var now = clock.instant();
        var expiresAt = lifetime == null ? null : now.plus(lifetime);
        var key = new ApiKey(name, text.prefix(), scope, now, expiresAt, null, null, null);
        store.add(key, text.hash());
        return new Made(key, text.reveal());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
