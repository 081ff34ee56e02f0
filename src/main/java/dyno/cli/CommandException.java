package dyno.cli;

/// Ends a command: the message goes to stderr, the exit code to whoever started it.
abstract sealed class CommandException extends RuntimeException
        permits RefusedException,
                StrangeAnswerException,
                UnreachableException,
                LostServiceException,
                CannotStartException,
                UnusableArgumentException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    /// @param message one sentence for the person at the keyboard, further lines where they help
    CommandException(String message) {
        super(message);
        this.sentence = message;
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    abstract int exitCode();

    @Override
    public String getMessage() {
        return sentence;
    }
}
