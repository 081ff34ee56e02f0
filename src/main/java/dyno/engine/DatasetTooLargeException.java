package dyno.engine;

/// Thrown where more would be kept of an uploaded file than may be.
public final class DatasetTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param file     its name
    /// @param maxBytes what may be kept
    public DatasetTooLargeException(String file, long maxBytes) {
        super("What is kept of %s would have more than %d bytes".formatted(file, maxBytes));
    }
}
