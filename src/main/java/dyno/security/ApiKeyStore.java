package dyno.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Table `api_key`. Every method joins the transaction of the calling thread. Safe for any number of threads.
final class ApiKeyStore {

    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A key and what proves it.
    @SuppressWarnings("ArrayRecordComponent") // Compared by whoever takes it out, never as a record.
    record Stored(ApiKey key, byte[] secretHash) {}

    void add(ApiKey key, byte[] secretHash) {
        jdbc.sql("""
                        INSERT INTO api_key (prefix, name, scope, secret_hash, created_at, expires_at)
                        VALUES (:prefix, :name, :scope, :hash, :createdAt, :expiresAt)
                        """)
                .param("prefix", key.prefix())
                .param("name", key.name())
                .param("scope", key.scope().name())
                .param("hash", secretHash)
                .param("createdAt", utc(key.createdAt()))
                .param("expiresAt", utc(key.expiresAt()))
                .update();
    }

    Optional<Stored> find(String prefix) {
        return jdbc.sql("""
                        SELECT prefix, name, scope, secret_hash, created_at, expires_at, replaced_at, revoked_at, last_used_at
                        FROM api_key
                        WHERE prefix = :prefix
                        """)
                .param("prefix", prefix)
                .query((row, number) -> new Stored(key(row), row.getBytes("secret_hash")))
                .optional();
    }

    /// The newest key of this name that was not revoked; locked until the transaction ends.
    Optional<ApiKey> lockCurrent(String name) {
        return jdbc.sql("""
                        SELECT prefix, name, scope, created_at, expires_at, replaced_at, revoked_at, last_used_at
                        FROM api_key
                        WHERE name = :name
                          AND replaced_at IS NULL
                          AND revoked_at IS NULL
                        FOR UPDATE
                        """)
                .param("name", name)
                .query((row, number) -> key(row))
                .optional();
    }

    List<ApiKey> all() {
        return jdbc.sql("""
                        SELECT prefix, name, scope, created_at, expires_at, replaced_at, revoked_at, last_used_at
                        FROM api_key
                        ORDER BY name, created_at DESC
                        """).query((row, number) -> key(row)).list();
    }

    /// From `expiresAt` on, unless it ends before, the key no longer counts.
    void replace(String prefix, Instant at, Instant expiresAt) {
        jdbc.sql("""
                        UPDATE api_key
                        SET replaced_at = :at,
                            expires_at = least(expires_at, :expiresAt)
                        WHERE prefix = :prefix
                        """)
                .param("prefix", prefix)
                .param("at", utc(at))
                .param("expiresAt", utc(expiresAt))
                .update();
    }

    /// @return how many keys of this name there were to revoke
    int revoke(String name, Instant at) {
        return jdbc.sql("""
                        UPDATE api_key
                        SET revoked_at = :at
                        WHERE name = :name
                          AND revoked_at IS NULL
                        """).param("name", name).param("at", utc(at)).update();
    }

    /// @param before where the key was used since then, nothing is written
    void used(String prefix, Instant at, Instant before) {
        jdbc.sql("""
                        UPDATE api_key
                        SET last_used_at = :at
                        WHERE prefix = :prefix
                          AND (last_used_at IS NULL OR last_used_at < :before)
                        """)
                .param("prefix", prefix)
                .param("at", utc(at))
                .param("before", utc(before))
                .update();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("name"),
                row.getString("prefix"),
                Scope.valueOf(row.getString("scope")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "replaced_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
