package dyno.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.engine.FailureCode;
import dyno.job.Job;
import dyno.job.JobState;
import dyno.result.Alert;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a delivery, as it is written once and sent with each try.
///
/// @param id        the delivery's, as in the header `webhook-id`
/// @param timestamp when the event was
/// @param data      [JobData], [AlertData] or [PingData]
record Message(UUID id, EventType type, Instant timestamp, Object data) {

    /// A job that ended.
    ///
    /// @param path    of the job, below the service's address
    /// @param runPath of its run; null where it has none
    record JobData(
            UUID id,
            String engine,
            JobState state,
            Map<String, String> labels,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Reason failure,
            @Nullable UUID runId,
            String path,
            @Nullable String runPath) {

        static JobData of(Job job) {
            var failure = job.failure();
            var run = job.runId();
            return new JobData(
                    job.id(),
                    job.engine(),
                    job.state(),
                    job.labels(),
                    job.createdAt(),
                    job.startedAt(),
                    job.finishedAt(),
                    failure == null ? null : new Reason(failure.code(), failure.message()),
                    run,
                    "/api/v1/jobs/" + job.id(),
                    run == null ? null : "/api/v1/runs/" + run);
        }
    }

    /// Why a job failed, without its details.
    record Reason(FailureCode code, String message) {}

    /// An alert that was raised.
    record AlertData(
            UUID id,
            @Nullable String engine,
            @JsonProperty("case") @Nullable String caseName,
            @Nullable String fingerprint,
            @Nullable UUID runId,
            @Nullable String schedule,
            String message,
            Map<String, Object> details,
            String path) {

        static AlertData of(Alert alert) {
            return new AlertData(
                    alert.id(),
                    alert.engine(),
                    alert.caseName(),
                    alert.fingerprint(),
                    alert.runId(),
                    alert.schedule(),
                    alert.message(),
                    alert.details(),
                    "/api/v1/alerts/" + alert.id());
        }
    }

    record PingData(String webhook) {}
}
