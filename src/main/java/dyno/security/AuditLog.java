package dyno.security;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Table `audit`: who changed what. A row is there before the change is tried, so that there is no change without
/// one. Safe for any number of threads.
final class AuditLog {

    /// How long rows are kept.
    static final Duration KEPT = Duration.ofDays(400);

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A request that changes something.
    ///
    /// @param address where it came from
    /// @param path    without its query
    record Write(String keyName, String keyPrefix, String address, String method, String path, String requestId) {}

    /// @return the row's number, for [#answered]
    long begun(Write write, Instant at) {
        removeSomeBefore(at.minus(KEPT));
        return jdbc.sql("""
                        INSERT INTO audit (at, key_name, key_prefix, address, method, path, request_id)
                        VALUES (:at, :keyName, :keyPrefix, :address, :method, :path, :requestId)
                        RETURNING id
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("keyName", write.keyName())
                .param("keyPrefix", write.keyPrefix())
                .param("address", write.address())
                .param("method", write.method())
                .param("path", write.path())
                .param("requestId", write.requestId())
                .query(Long.class)
                .single();
    }

    void answered(long id, int status) {
        jdbc.sql("""
                        UPDATE audit
                        SET status = :status
                        WHERE id = :id
                        """).param("status", status).param("id", id).update();
    }

    /// What somebody did on the machine itself, without a key.
    void command(String words, Instant at) {
        jdbc.sql("""
                        INSERT INTO audit (at, method, path)
                        VALUES (:at, 'COMMAND', :words)
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("words", words)
                .update();
    }

    /// Removes ten old rows at most, which outpaces one new row a call.
    private void removeSomeBefore(Instant limit) {
        jdbc.sql("""
                        DELETE FROM audit
                        WHERE id IN (
                            SELECT id
                            FROM audit
                            WHERE at < :limit
                            ORDER BY id
                            LIMIT 10
                            FOR UPDATE SKIP LOCKED)
                        """).param("limit", limit.atOffset(ZoneOffset.UTC)).update();
    }
}
