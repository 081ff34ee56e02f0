package dyno;

/// What the service's face tells the shell.
final class ExitCode {

    /// It was begun and went wrong.
    static final int FAILED = 1;

    /// The arguments cannot work.
    static final int USAGE = 2;

    /// The service could not start.
    static final int CANNOT_START = 3;

    private ExitCode() {}
}
