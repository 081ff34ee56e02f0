package dyno.job;

/// Where a job came from.
public enum Submission {
    /// A client posted it.
    API,
    /// A client asked for a suite.
    SUITE,
    /// A schedule fired.
    SCHEDULE,
    /// A run was beyond a threshold, and is measured once more.
    RERUN
}
