package dyno.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One client that follows one job.
///
/// Costs no thread while there is nothing to send. What there is goes out by a thread that is borrowed for it, so
/// that a client which does not read holds up nobody; how long it has not read is [#stuckNanos]. Safe for any
/// number of threads, but events are offered by one.
final class EventStream {

    /// Beyond these the client reads from the table later: a few hundred kilobytes of events at most.
    private static final int MAX_QUEUED = 200;

    private static final MediaType UTF_8_TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final UUID job;
    private final SseEmitter emitter;
    private final Executor senders;
    private final LongSupplier nanoTime;
    private final Runnable whenCaughtUp;
    private final Deque<Outgoing> queue = new ArrayDeque<>();
    private long lastQueued;
    private boolean isBehind;
    private boolean isSending;
    private boolean isClosed;
    private long sendingSinceNanos;

    /// What is sent: an event, a comment, or the end of the stream.
    private sealed interface Outgoing {

        record Event(@Nullable Long id, String type, String data) implements Outgoing {}

        record Comment(String text) implements Outgoing {}

        record End() implements Outgoing {}
    }

    /// @param whenCaughtUp is called by a sender once a client that was behind has taken what was queued
    EventStream(UUID job, SseEmitter emitter, Executor senders, LongSupplier nanoTime, Runnable whenCaughtUp) {
        this.job = job;
        this.emitter = emitter;
        this.senders = senders;
        this.nanoTime = nanoTime;
        this.whenCaughtUp = whenCaughtUp;
    }

    UUID job() {
        return job;
    }

    /// Id of the newest event that was queued.
    long lastQueued() {
        return lastQueued;
    }

    void startAfter(long event) {
        lastQueued = event;
    }

    /// @return false where the client is behind and has to be offered the event again later
    boolean offer(JobEvent event) {
        synchronized (queue) {
            isBehind = queue.size() >= MAX_QUEUED;
            if (isBehind) {
                return false;
            }
        }
        lastQueued = event.id();
        send(new Outgoing.Event(event.id(), event.type(), event.payload()));
        return true;
    }

    /// Says that events may be missing before those that follow.
    void resync(long lastEvent) {
        lastQueued = lastEvent;
        send(new Outgoing.Event(lastEvent, "resync", "{}"));
    }

    void comment(String text) {
        send(new Outgoing.Comment(text));
    }

    /// Closes the stream after what is queued.
    void end() {
        send(new Outgoing.End());
    }

    /// How long the client has not taken what is being sent; 0 while nothing is.
    long stuckNanos() {
        synchronized (queue) {
            return isSending ? nanoTime.getAsLong() - sendingSinceNanos : 0;
        }
    }

    boolean isClosed() {
        synchronized (queue) {
            return isClosed;
        }
    }

    /// Forgets the client; what is queued is not sent.
    void drop() {
        synchronized (queue) {
            isClosed = true;
            isSending = false;
            queue.clear();
        }
    }

    private void send(Outgoing outgoing) {
        synchronized (queue) {
            if (isClosed) {
                return;
            }
            queue.add(outgoing);
            if (isSending) {
                return;
            }
            isSending = true;
            sendingSinceNanos = nanoTime.getAsLong();
        }
        senders.execute(this::drain);
    }

    private void drain() {
        try {
            for (var next = next(); next != null; next = next()) {
                write(next);
            }
            if (isClosed()) {
                emitter.complete();
            } else if (isBehind()) {
                whenCaughtUp.run();
            }
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or the container gave it up; either way nobody is left to be told.
            drop();
        }
    }

    private boolean isBehind() {
        synchronized (queue) {
            return isBehind;
        }
    }

    private @Nullable Outgoing next() {
        synchronized (queue) {
            var next = queue.poll();
            isSending = next != null;
            sendingSinceNanos = nanoTime.getAsLong();
            return next;
        }
    }

    private void write(Outgoing outgoing) throws IOException {
        switch (outgoing) {
            case Outgoing.Comment(var text) -> emitter.send(SseEmitter.event().comment(text));
            case Outgoing.End() -> drop();
            case Outgoing.Event(var id, var type, var data) -> {
                var event = SseEmitter.event().name(type).data(data, UTF_8_TEXT);
                emitter.send(id == null ? event : event.id(Long.toString(id)));
            }
        }
    }
}
