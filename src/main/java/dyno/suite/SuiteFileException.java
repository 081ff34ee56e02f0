package dyno.suite;

/// Thrown where a suite file cannot be used: it does not parse, or holds a job that no node could run. Stops the
/// start.
public final class SuiteFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param file   as an operator finds it
    /// @param line   1-based
    /// @param reason what is wrong there
    SuiteFileException(String file, int line, String reason) {
        super("%s, line %d: %s".formatted(file, line, reason));
    }

    /// @param reason what is wrong with the file as a whole
    SuiteFileException(String file, String reason) {
        super("%s: %s".formatted(file, reason));
    }
}
