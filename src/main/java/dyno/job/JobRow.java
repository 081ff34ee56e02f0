package dyno.job;

import dyno.measurement.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Reads a row of the queue's table, all of its columns but `cases`.
final class JobRow implements RowMapper<Job> {

    private final JobJson json;

    JobRow(JobJson json) {
        this.json = json;
    }

    @Override
    public Job mapRow(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getString("engine"),
                Plan.Mode.valueOf(row.getString("mode")),
                JobState.valueOf(row.getString("state")),
                row.getInt("priority"),
                row.getInt("attempt"),
                row.getString("worker"),
                row.getInt("case_count"),
                row.getLong("estimated_seconds"),
                row.getLong("memory_bytes"),
                json.warnings(row.getString("warnings")),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                json.progress(row.getString("progress")),
                row.getObject("run_id", UUID.class),
                json.failure(row.getString("failure")),
                json.labels(row.getString("labels")),
                json.tree(row.getString("spec")));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// As the driver takes it for `timestamptz`.
    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
