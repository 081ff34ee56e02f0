package dyno.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection to a job's events.
///
/// Read by one thread; the HTTP client's threads fill its queue. Closing it drops the connection.
final class EventStream implements AutoCloseable {

    /// What came over the connection.
    private sealed interface Received {

        record Line(String text) implements Received {}

        record Closed(
                @Nullable HttpResponse<String> response,
                @Nullable Throwable failure) implements Received {}
    }

    private final URI uri;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final EventLines lines = new EventLines();
    private final CompletableFuture<HttpResponse<String>> response;

    private EventStream(HttpClient http, HttpRequest request) {
        this.uri = request.uri();
        this.response = http.sendAsync(request, body());
        // Lines are handed on before the response completes, so that this is the last to be received.
        var _ = response.whenComplete((answer, failure) -> received.add(new Received.Closed(answer, failure)));
    }

    static EventStream open(HttpClient http, HttpRequest request) {
        return new EventStream(http, request);
    }

    /// Waits for the next event.
    ///
    /// @param silence the longest time without even a heartbeat; after it the connection counts as dead
    /// @return empty where the service closed the stream in good order
    /// @throws UnreachableException   where the connection broke, was never made, or fell silent
    /// @throws RefusedException       where the answer is a problem
    /// @throws StrangeAnswerException where the answer is not an event stream
    Optional<JobEvent> next(Duration silence) throws InterruptedException {
        while (true) {
            switch (received.poll(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                case null ->
                    throw new UnreachableException("%s://%s has sent nothing for %d s"
                            .formatted(uri.getScheme(), uri.getAuthority(), silence.toSeconds()));
                case Received.Line(String text) -> {
                    var event = lines.add(text);
                    if (event.isPresent()) {
                        return event;
                    }
                }
                case Received.Closed closed -> {
                    requireGoodOrder(closed);
                    return Optional.empty();
                }
            }
        }
    }

    @Override
    public void close() {
        response.cancel(true);
    }

    private void requireGoodOrder(Received.Closed closed) {
        var failure = closed.failure();
        if (failure != null) {
            var cause = failure.getCause();
            throw Api.unreachable(uri, failure instanceof CompletionException && cause != null ? cause : failure);
        }
        var answer = closed.response();
        if (answer != null && !isEvents(answer.statusCode(), contentType(answer.headers()))) {
            Api.tree(answer);
            throw new StrangeAnswerException(
                    "%s answered with %s instead of events".formatted(uri, contentType(answer.headers())));
        }
    }

    private BodyHandler<String> body() {
        return info -> isEvents(info.statusCode(), contentType(info.headers()))
                ? BodySubscribers.fromLineSubscriber(new Lines(), _ -> "", StandardCharsets.UTF_8, null)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static boolean isEvents(int status, String contentType) {
        return status == 200 && contentType.startsWith("text/event-stream");
    }

    private static String contentType(java.net.http.HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("no content type");
    }

    /// Puts lines into the queue. Their number is bounded by what a job has to tell, so all are asked for at once.
    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            received.add(new Received.Line(line));
        }

        @Override
        public void onError(Throwable failure) {
            // The response's own future completes with the same failure.
        }

        @Override
        public void onComplete() {
            // The response's own future completes.
        }
    }
}
