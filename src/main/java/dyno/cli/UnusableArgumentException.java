package dyno.cli;

/// Thrown for an argument or an environment variable that cannot work.
final class UnusableArgumentException extends CommandException {

    private static final long serialVersionUID = 1L;

    UnusableArgumentException(String message) {
        super(message);
    }

    @Override
    int exitCode() {
        return ExitCode.USAGE;
    }
}
