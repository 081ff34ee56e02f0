package dyno.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The events of jobs. Safe for any number of threads.
final class EventLog {

    /// What NOTIFY is sent on: the job's id, a blank, and the type of its newest event.
    static final String CHANNEL = "dyno_job";

    private final JdbcClient jdbc;
    private final JobJson json;
    private final Announcements announcements;
    private final Consumer<UUID> ends;

    /// @param ends told of each job that ends, within the transaction
    EventLog(JdbcClient jdbc, JobJson json, Consumer<UUID> ends) {
        this.jdbc = jdbc;
        this.json = json;
        this.announcements = new Announcements(jdbc, CHANNEL);
        this.ends = ends;
    }

    /// Appends events within the caller's transaction, which raised the job's `last_event` by their number and so
    /// holds its row; listeners hear of them when it commits.
    ///
    /// @param lastEvent id of the last of them
    void append(UUID job, long lastEvent, List<Payload.Draft> events, Instant now) {
        jdbc.sql("""
                        INSERT INTO job_event (job_id, id, type, payload, at)
                        SELECT :job, :before + position, type, CAST(payload AS json), :at
                        FROM unnest(CAST(:types AS text[]), CAST(:payloads AS text[]))
                            WITH ORDINALITY AS given (type, payload, position)
                        """)
                .param("job", job)
                .param("before", lastEvent - events.size())
                .param("types", types(events))
                .param("payloads", payloads(events))
                .param("at", JobRow.timestamp(now))
                .update();
        announce(job, events);
        if (events.getLast().type() == EventType.END) {
            ends.accept(job);
        }
    }

    /// Lets listeners hear of what was written, once it is committed.
    void announce(UUID job, List<Payload.Draft> events) {
        announcements.afterCommit(job + " " + events.getLast().type().word());
    }

    static String[] types(List<Payload.Draft> events) {
        return events.stream().map(event -> event.type().word()).toArray(String[]::new);
    }

    String[] payloads(List<Payload.Draft> events) {
        return events.stream().map(event -> json.write(event.payload())).toArray(String[]::new);
    }

    /// The events after `lastSeen`, in order.
    List<JobEvent> after(UUID job, long lastSeen, int limit) {
        return jdbc.sql("""
                        SELECT id, type, payload
                        FROM job_event
                        WHERE job_id = :job AND id > :lastSeen
                        ORDER BY id
                        LIMIT :limit
                        """)
                .param("job", job)
                .param("lastSeen", lastSeen)
                .param("limit", limit)
                .query((row, number) ->
                        new JobEvent(row.getLong("id"), row.getString("type"), row.getString("payload")))
                .list();
    }

    /// How far a job's events go.
    ///
    /// @param last    id of the newest
    /// @param isFinal whether none will follow
    record Position(long last, boolean isFinal) {}

    /// Empty where there is no such job.
    Optional<Position> position(UUID job) {
        return jdbc.sql("SELECT last_event, state FROM job WHERE id = :job")
                .param("job", job)
                .query((row, number) -> new Position(
                        row.getLong("last_event"),
                        JobState.valueOf(row.getString("state")).isFinal()))
                .optional();
    }
}
