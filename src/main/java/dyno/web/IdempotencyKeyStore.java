package dyno.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Table `idempotency_key`. Every method joins the transaction of the calling thread. Safe for any number of
/// threads.
@Component
final class IdempotencyKeyStore {

    private final JdbcClient jdbc;

    IdempotencyKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What was answered to which body.
    @SuppressWarnings("ArrayRecordComponent") // Compared by whoever takes it out, never as a record.
    record Kept(byte[] bodyDigest, Answer answer) {}

    /// Claims the key until the transaction ends, on whichever node; false where somebody else has it.
    boolean tryLock(String scope, String key) {
        return jdbc.sql("""
                        SELECT pg_try_advisory_xact_lock(hashtextextended(:lock, 0))
                        """)
                .param("lock", scope + '\n' + key)
                .query(Boolean.class)
                .single();
    }

    Optional<Kept> find(String scope, String key, Instant notBefore) {
        return jdbc.sql("""
                        SELECT body_digest, status, location, body
                        FROM idempotency_key
                        WHERE scope = :scope
                          AND key = :key
                          AND created_at >= :notBefore
                        """)
                .param("scope", scope)
                .param("key", key)
                .param("notBefore", notBefore.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Kept(
                        row.getBytes("body_digest"),
                        new Answer(row.getInt("status"), row.getString("location"), row.getString("body"))))
                .optional();
    }

    /// Remembers the answer, in place of one that is too old.
    void put(String scope, String key, Kept kept, Instant at) {
        jdbc.sql("""
                        INSERT INTO idempotency_key (scope, key, body_digest, status, location, body, created_at)
                        VALUES (:scope, :key, :digest, :status, :location, :body, :at)
                        ON CONFLICT (scope, key) DO UPDATE
                        SET body_digest = excluded.body_digest,
                            status = excluded.status,
                            location = excluded.location,
                            body = excluded.body,
                            created_at = excluded.created_at
                        """)
                .param("scope", scope)
                .param("key", key)
                .param("digest", kept.bodyDigest())
                .param("status", kept.answer().status())
                .param("location", kept.answer().location())
                .param("body", kept.answer().jsonBody())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Removes a hundred old keys at most, which keeps pace with one new key a call; leaves those that another
    /// transaction is removing.
    int removeSomeBefore(Instant limit) {
        return jdbc.sql("""
                        DELETE FROM idempotency_key
                        WHERE (scope, key) IN (
                            SELECT scope, key
                            FROM idempotency_key
                            WHERE created_at < :limit
                            ORDER BY created_at
                            LIMIT 100
                            FOR UPDATE SKIP LOCKED)
                        """).param("limit", limit.atOffset(ZoneOffset.UTC)).update();
    }
}
