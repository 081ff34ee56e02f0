package dyno.engine.etl;

/// Thrown at a line that is JSON, and no user.
final class BadUserException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /// @param field  which, by its path: `messages[2].attachments[0].size`
    /// @param reason what is wrong with it
    BadUserException(String field, String reason) {
        super("%s %s".formatted(field, reason));
        this.field = field;
    }

    String field() {
        return field;
    }
}
