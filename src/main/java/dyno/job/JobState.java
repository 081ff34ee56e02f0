package dyno.job;

/// Where a job is. `QUEUED → RUNNING → SUCCEEDED | FAILED | CANCELLED | TIMED_OUT`, `QUEUED → CANCELLED`, and
/// `RUNNING → QUEUED` when its node stops or is lost.
public enum JobState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    /// Whether the job will never change again.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT -> true;
        };
    }
}
