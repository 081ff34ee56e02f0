package dyno.security;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a key, all of which may be shown.
///
/// @param name       who or what uses it; a key that replaces another has its name
/// @param prefix     the first characters of the key, by which its owner knows it again
/// @param expiresAt  the first moment at which it no longer counts; null where there is none
/// @param replacedAt when a rotation made another key of this name; null for the newest
/// @param lastUsedAt within a minute; null where it never was
public record ApiKey(
        String name,
        String prefix,
        Scope scope,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant replacedAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /// What a key is worth.
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        Objects.requireNonNull(name);
    }

    public State stateAt(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.ACTIVE;
    }
}
