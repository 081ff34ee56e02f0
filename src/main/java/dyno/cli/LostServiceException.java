package dyno.cli;

/// Thrown where a service that had answered before stopped answering while jobs were followed.
final class LostServiceException extends CommandException {

    private static final long serialVersionUID = 1L;

    LostServiceException(String message) {
        super(message);
    }

    @Override
    int exitCode() {
        return ExitCode.JOB_FAILED;
    }
}
