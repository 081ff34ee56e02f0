package dyno.cli;

/// Thrown where an answer is not what Dyno's API gives: another program listens there, or a proxy stands between.
final class StrangeAnswerException extends CommandException {

    private static final long serialVersionUID = 1L;

    StrangeAnswerException(String message) {
        super(message);
    }

    @Override
    int exitCode() {
        return ExitCode.JOB_FAILED;
    }
}
