package dyno.cli;

/// Thrown where a request got no answer: nobody listens, or the connection broke.
final class UnreachableException extends CommandException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    int exitCode() {
        return ExitCode.COULD_NOT_START;
    }
}
