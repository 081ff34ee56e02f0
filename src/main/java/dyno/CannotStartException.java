package dyno;

/// Thrown where the service cannot start for a reason that its operator can do something about. The message is
/// one sentence for them.
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
