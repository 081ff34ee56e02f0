package dyno.engine.kernel;

/// Thrown in the caller of a [WorkerPool] when a worker's share of the work threw; the cause is what it threw.
public final class WorkerFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerFailureException(int worker, Throwable cause) {
        super("Worker %d failed: %s".formatted(worker, cause), cause);
    }
}
