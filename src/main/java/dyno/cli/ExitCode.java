package dyno.cli;

/// What the process's status says to whoever started it.
final class ExitCode {

    static final int FINE = 0;

    /// A job did not succeed, or the service failed while it was being asked.
    static final int JOB_FAILED = 1;

    /// Arguments, or a request, that cannot work.
    static final int USAGE = 2;

    /// There is no service to talk to.
    static final int COULD_NOT_START = 3;

    /// A comparison found a case slower than it was.
    static final int REGRESSION = 4;

    /// The interrupt key: 128 and the number of SIGINT, as shells count.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
