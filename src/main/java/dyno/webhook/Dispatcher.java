package dyno.webhook;

import dyno.webhook.Delivery.State;
import dyno.webhook.DeliveryStore.Settled;
import dyno.webhook.DeliveryTried.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/// Sends what is due: one of these a node, all at the same table. What a node was sending when it died,
/// another sends again once the lease has run out, under the same id. Safe for any number of threads.
final class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /// What a node sends at the same time.
    static final int AT_ONCE = 8;

    /// What this node adds is sent at once; this is for tries that become due, and for what other nodes
    /// left. One small query, also while somebody measures.
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final DeliveryStore deliveries;
    private final Sender sender;
    private final BackOff backOff;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dyno-webhook-", 0).factory());
    private @Nullable Thread looker;
    private volatile boolean stopped;

    Dispatcher(
            DeliveryStore deliveries,
            Sender sender,
            BackOff backOff,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.backOff = backOff;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public synchronized void start() {
        looker = Thread.ofPlatform().name("dyno-webhooks").daemon().start(this::look);
    }

    /// Waits a moment for what is being sent; what takes longer is sent again by whoever looks next.
    @Override
    public synchronized void stop() {
        var thread = looker;
        if (thread == null) {
            return;
        }
        stopped = true;
        wake.release();
        try {
            thread.join();
            threads.shutdown();
            if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        looker = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return looker != null;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(DeliveryAdded event) {
        wake.release();
    }

    private void look() {
        try {
            while (!stopped) {
                try {
                    sendDue();
                } catch (DataAccessException | TransactionException e) {
                    LOG.warn("webhooks wait for the database: {}", e.getMessage());
                }
                if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        }
    }

    /// Begins to send what is due, as far as there is room; the end of each wakes the thread that looks.
    void sendDue() throws InterruptedException {
        for (int room = free.availablePermits(); room > 0 && !stopped; room = free.availablePermits()) {
            var claimed = deliveries.claim(room, clock.instant());
            if (claimed.isEmpty()) {
                return;
            }
            for (var delivery : claimed) {
                free.acquire();
                threads.execute(() -> send(delivery));
            }
        }
    }

    /// Whether it sends nothing just now.
    boolean isIdle() {
        return free.availablePermits() == AT_ONCE;
    }

    private void send(ClaimedDelivery delivery) {
        try {
            settle(delivery, attempt(delivery));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "webhook {}: what became of delivery {} cannot be stored, it is sent again: {}",
                    delivery.webhook(),
                    delivery.id(),
                    e.getMessage());
        } finally {
            free.release();
            wake.release();
        }
    }

    private Attempt attempt(ClaimedDelivery delivery) {
        try {
            return sender.send(delivery);
        } catch (RuntimeException e) {
            // Else it would be claimed again for ever, and never count as tried.
            LOG.error("webhook {}: delivery {} cannot be sent", delivery.webhook(), delivery.id(), e);
            return Attempt.unanswered(e.toString());
        }
    }

    private void settle(ClaimedDelivery delivery, Attempt attempt) {
        if (stopped && !attempt.hasArrived()) {
            // The stop may have broken it off.
            return;
        }
        var settled = settled(delivery, attempt);
        if (deliveries.settle(delivery, settled, clock.instant())) {
            LOG.info(
                    "webhook {}: delivery {} {} after {} attempts",
                    delivery.webhook(),
                    delivery.id(),
                    settled.state(),
                    delivery.attempt());
            events.publishEvent(new DeliveryTried(outcome(settled.state())));
        }
    }

    private Settled settled(ClaimedDelivery delivery, Attempt attempt) {
        if (attempt.hasArrived()) {
            return new Settled(State.DELIVERED, delivery.failures(), attempt, null);
        }
        int failures = delivery.failures() + 1;
        return backOff.after(failures, attempt.retryAfter())
                .map(wait -> new Settled(
                        State.PENDING, failures, attempt, clock.instant().plus(wait)))
                .orElseGet(() -> new Settled(State.FAILED, failures, attempt, null));
    }

    private static Outcome outcome(State state) {
        return switch (state) {
            case DELIVERED -> Outcome.DELIVERED;
            case PENDING -> Outcome.RETRIED;
            case FAILED -> Outcome.FAILED;
        };
    }
}
