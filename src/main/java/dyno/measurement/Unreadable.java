package dyno.measurement;

/// Thrown where a figure cannot be had on this machine; the message is the upper-case reason that clients see.
final class Unreadable extends Exception {

    static final String NOT_LINUX = "NOT_LINUX";
    static final String NOT_PERMITTED = "NOT_PERMITTED";
    static final String NOT_SUPPORTED = "NOT_SUPPORTED";
    static final String NOT_READABLE = "NOT_READABLE";

    private static final long serialVersionUID = 1L;

    private final String reason;

    Unreadable(String reason) {
        super(reason);
        this.reason = reason;
    }

    Unreadable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
