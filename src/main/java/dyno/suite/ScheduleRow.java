package dyno.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.suite.Fire.Decision;
import dyno.suite.Fire.Outcome;
import dyno.suite.Schedule.Misfire;
import dyno.suite.Schedule.Overlap;
import dyno.web.StrictJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Reads a schedule with its last fire, whose outcome is what became of its jobs.
final class ScheduleRow implements RowMapper<ScheduleState> {

    @Override
    public ScheduleState mapRow(ResultSet row, int number) throws SQLException {
        var schedule = new Schedule(
                row.getString("name"),
                row.getString("cron"),
                ZoneId.of(row.getString("zone")),
                row.getString("suite"),
                job(row.getString("job")),
                row.getBoolean("enabled"),
                Misfire.valueOf(row.getString("misfire")),
                Overlap.valueOf(row.getString("overlap")));
        return new ScheduleState(
                schedule,
                instant(row, "next_fire"),
                fire(row),
                instant(row, "last_success"),
                row.getLong("misfires"),
                Objects.requireNonNull(instant(row, "watched_since")));
    }

    private static @Nullable Fire fire(ResultSet row) throws SQLException {
        var plannedAt = instant(row, "planned_at");
        if (plannedAt == null) {
            return null;
        }
        return new Fire(
                plannedAt,
                Objects.requireNonNull(instant(row, "fired_at")),
                outcome(row),
                row.getString("reason"),
                row.getObject("suite_run", UUID.class),
                List.of((UUID[]) row.getArray("jobs").getArray()));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        return switch (Decision.valueOf(row.getString("decision"))) {
            case SKIPPED -> Outcome.SKIPPED;
            case MISSED -> Outcome.MISSED;
            case REFUSED -> Outcome.REFUSED;
            case SUBMITTED -> {
                if (row.getLong("open") > 0) {
                    yield Outcome.RUNNING;
                }
                yield row.getLong("unsuccessful") == 0 ? Outcome.SUCCEEDED : Outcome.FAILED;
            }
        };
    }

    @SuppressWarnings("unchecked") // Written from a map of the same kind.
    private static @Nullable Map<String, @Nullable Object> job(@Nullable String json) {
        return json == null ? null : (Map<String, @Nullable Object>) StrictJson.parse(json.getBytes(UTF_8));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
