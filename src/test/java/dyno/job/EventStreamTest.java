package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// A client that takes an event whenever the test lets it.
class EventStreamTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Semaphore takes = new Semaphore(0);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger caughtUp = new AtomicInteger();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private volatile boolean isGone;

    private final SseEmitter client = new SseEmitter() {
        @Override
        public void send(SseEventBuilder event) throws IOException {
            takes.acquireUninterruptibly();
            if (isGone) {
                throw new IOException("Broken pipe");
            }
            taken.incrementAndGet();
        }
    };

    private final EventStream stream =
            new EventStream(UUID.randomUUID(), client, senders, nanos::get, caughtUp::incrementAndGet);

    @AfterEach
    void letGo() {
        takes.release(10_000);
        senders.close();
    }

    @Test
    void holdsALimitedNumberOfEventsForAClientThatDoesNotTakeThem() {
        long held = offerUntilRefused(0);

        assertThat(held).isBetween(200L, 201L);
        assertThat(stream.lastQueued()).isEqualTo(held);
        assertThat(taken).hasValue(0);

        takes.release(1_000);
        await().until(() -> caughtUp.get() > 0);
        assertThat(taken).hasValue((int) held);
        assertThat(stream.offer(event(held + 1))).isTrue();
    }

    @Test
    void tellsForHowLongAClientHasTakenNothing() {
        nanos.set(5);
        assertThat(stream.stuckNanos()).isZero();

        stream.offer(event(1));
        nanos.set(105);
        assertThat(stream.stuckNanos()).isEqualTo(100);

        takes.release();
        await().until(() -> stream.stuckNanos() == 0);
    }

    @Test
    void forgetsAClientThatIsGone() {
        isGone = true;
        offerUntilRefused(0);
        takes.release();

        await().until(stream::isClosed);
        assertThat(stream.offer(event(500))).isTrue();
        assertThat(stream.stuckNanos()).isZero();
        assertThat(taken).hasValue(0);
    }

    private long offerUntilRefused(long from) {
        long id = from;
        while (stream.offer(event(id + 1))) {
            id++;
        }
        return id;
    }

    private static JobEvent event(long id) {
        return new JobEvent(id, "warning", "{}");
    }
}
