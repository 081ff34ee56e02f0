package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Makes requests to the store: three attempts each, counted, and given up at once when the work is
/// cancelled. Safe for any number of threads.
///
/// A request runs in a virtual thread: interrupting one closes the socket that it waits for, which is
/// the only thing that ends a read of the JDK's HTTP connection.
final class S3Requests {

    private static final int ATTEMPTS = 3;
    /// Before the second attempt; twice as long before the third.
    private static final long PAUSE_MILLIS = 100;

    private static final long WATCH_MILLIS = 50;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Cancellation cancellation;
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();

    S3Requests(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /// Attempts, failed ones included.
    long requests() {
        return requests.sum();
    }

    /// Attempts after the first of a request.
    long retries() {
        return retries.sum();
    }

    /// @param object what messages name: `s3://bucket/key`
    /// @throws EngineException where the object changed or is gone, or the store refused or did not answer
    <T> T run(String object, Callable<T> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            cancellation.check();
            requests.increment();
            try {
                return await(request);
            } catch (SdkException e) {
                if (attempt == ATTEMPTS || !mayPass(e)) {
                    throw failure(object, attempt, e);
                }
            }
            retries.increment();
            pause(PAUSE_MILLIS << (attempt - 1));
        }
    }

    private <T> T await(Callable<T> request) throws IOException {
        var task = new FutureTask<>(request);
        var thread = Thread.ofVirtual().name("s3-request").start(task);
        try {
            while (true) {
                try {
                    return task.get(WATCH_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    cancellation.check();
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("A request threw what it does not declare", e);
            }
        } finally {
            // Ends it where it was given up, and does nothing where it has ended.
            thread.interrupt();
        }
    }

    private void pause(long millis) throws IOException {
        try {
            for (long left = millis; left > 0; left -= WATCH_MILLIS) {
                cancellation.check();
                TimeUnit.MILLISECONDS.sleep(Math.min(left, WATCH_MILLIS));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        var interrupted = new InterruptedIOException("Interrupted while waiting for the object store");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static boolean mayPass(SdkException e) {
        if (e instanceof S3Exception answer) {
            int status = answer.statusCode();
            return status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
        }
        return e instanceof SdkClientException;
    }

    /// Names the object and what went wrong, in our words and without the cause: the library's
    /// sentences name hosts, which are the operator's alone.
    private static EngineException failure(String object, int attempts, SdkException e) {
        if (e instanceof S3Exception answer) {
            return invalid(
                    switch (answer.statusCode()) {
                        case PRECONDITION_FAILED -> object + " was changed since the job was prepared";
                        case NOT_FOUND -> object + " is gone, or was never there";
                        default ->
                            "%s could not be read: the store answered %d%s in attempt %d"
                                    .formatted(object, answer.statusCode(), code(answer), attempts);
                    });
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return invalid("%s could not be read in %d attempts: %s"
                .formatted(object, attempts, root.getClass().getSimpleName()));
    }

    private static String code(S3Exception answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : ", " + details.errorCode() + ",";
    }

    private static EngineException invalid(String message) {
        return new EngineException(FailureCode.INVALID_INPUT, message);
    }
}
