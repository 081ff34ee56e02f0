package dyno.cli;

/// Thrown where there is no service to talk to and none could be started.
final class CannotStartException extends CommandException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }

    @Override
    int exitCode() {
        return ExitCode.COULD_NOT_START;
    }
}
