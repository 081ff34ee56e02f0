package dyno.engine.etl;

/// Unwinds a thread of a pipeline that has to end; no failure of its own.
final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("The pipeline has to end", null, false, false);
    }
}
