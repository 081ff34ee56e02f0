package dyno.result;

/// A setting below `dyno.retention` that cannot be what was meant; the message is for the operator.
public final class RetentionSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RetentionSettingException(String message) {
        super(message);
    }
}
