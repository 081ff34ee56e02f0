package dyno.security;

/// Thrown where a key cannot be made or ended; the message is a sentence for whoever asked.
public final class KeyRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyRefusedException(String message) {
        super(message);
    }
}
