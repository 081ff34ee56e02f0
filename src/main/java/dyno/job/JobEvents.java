package dyno.job;

import dyno.job.EventLog.Position;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Feeds the clients that follow jobs. One thread reads the events of a job once for all who follow it, when it
/// hears of some or every few seconds; thousands of idle clients cost a map entry each.
///
/// Safe for any number of threads.
public final class JobEvents {

    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// How often clients that are gone or stuck are looked for.
    private static final Duration ROUNDS = Duration.ofSeconds(2);

    /// A client that takes nothing for so long is dropped; it may come back with the id of its last event.
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int PAGE = 200;

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    // Changed by the dispatcher alone.
    private final Map<UUID, List<EventStream>> streams = new ConcurrentHashMap<>();

    private final Set<UUID> pokedJobs = new HashSet<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dyno-events-", 0).factory());
    private final Thread dispatcher;
    private volatile boolean stopped;
    private long heartbeatAtNanos;

    JobEvents(EventLog log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.dispatcher = Thread.ofPlatform().name("dyno-events").daemon().unstarted(this::dispatch);
    }

    /// Clients that follow a job right now.
    public int connections() {
        return connections.get();
    }

    void start() {
        heartbeatAtNanos = nanoTime.getAsLong() + HEARTBEAT.toNanos();
        dispatcher.start();
    }

    /// Closes every stream; clients come back with the id of their last event.
    void stop() throws InterruptedException {
        stopped = true;
        tasks.add(() -> {});
        dispatcher.join();
        senders.close();
    }

    /// Lets a client follow a job.
    ///
    /// @param lastSeen what the client says it saw last; null where it saw nothing
    /// @throws ProblemException `not-found`
    SseEmitter follow(UUID job, @Nullable String lastSeen) {
        // A thousand clients that come at once after a restart need not ask a thousand times.
        if (!streams.containsKey(job) && log.position(job).isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no job '%s'".formatted(job));
        }
        // Clients that vanish are found by the heartbeat, slow ones by what they do not take: no other timeout.
        var emitter = new SseEmitter(0L);
        var stream = new EventStream(job, emitter, senders, nanoTime, () -> poke(job));
        emitter.onCompletion(stream::drop);
        emitter.onError(failure -> stream.drop());
        stream.comment("dyno");
        tasks.add(() -> add(stream, lastSeen));
        return emitter;
    }

    /// Somebody appended events to the job. Costs nothing where nobody follows it.
    void poke(UUID job) {
        // Who begins to follow it later reads what is there by then.
        if (!streams.containsKey(job)) {
            return;
        }
        synchronized (pokedJobs) {
            // A job that is due already needs no second look.
            if (!pokedJobs.add(job)) {
                return;
            }
        }
        tasks.add(() -> {
            synchronized (pokedJobs) {
                pokedJobs.remove(job);
            }
            feed(job);
        });
    }

    /// Looks at every job that is followed.
    void pokeAll() {
        tasks.add(() -> List.copyOf(streams.keySet()).forEach(this::feed));
    }

    private void dispatch() {
        long roundAtNanos = nanoTime.getAsLong() + ROUNDS.toNanos();
        while (!stopped) {
            try {
                var task = tasks.poll(Math.max(0, roundAtNanos - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                }
                if (nanoTime.getAsLong() - roundAtNanos >= 0) {
                    roundAtNanos = nanoTime.getAsLong() + ROUNDS.toNanos();
                    lookAtAll();
                }
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but a JVM that ends.
                Thread.currentThread().interrupt();
                break;
            } catch (RuntimeException e) {
                LOG.warn("events wait for the database: {}", e.getMessage());
            }
        }
        streams.values().forEach(all -> all.forEach(EventStream::end));
        streams.clear();
        connections.set(0);
    }

    private void lookAtAll() {
        boolean heartbeat = nanoTime.getAsLong() - heartbeatAtNanos >= 0;
        if (heartbeat) {
            heartbeatAtNanos = nanoTime.getAsLong() + HEARTBEAT.toNanos();
        }
        for (var job : List.copyOf(streams.keySet())) {
            lookAt(job, heartbeat);
        }
        connections.set(streams.values().stream().mapToInt(List::size).sum());
    }

    private void lookAt(UUID job, boolean heartbeat) {
        var followers = streams.getOrDefault(job, List.of());
        for (var stream : followers) {
            if (stream.stuckNanos() > STUCK_NANOS) {
                LOG.info("a client that followed job {} reads too slowly and is dropped", job);
                stream.drop();
            } else if (heartbeat) {
                stream.comment("heartbeat");
            }
        }
        followers.removeIf(EventStream::isClosed);
        if (followers.isEmpty()) {
            streams.remove(job);
        } else if (heartbeat) {
            feed(job);
        }
    }

    private void add(EventStream stream, @Nullable String lastSeen) {
        streams.computeIfAbsent(stream.job(), job -> new ArrayList<>()).add(stream);
        connections.incrementAndGet();
        if (lastSeen != null) {
            long last = log.position(stream.job()).map(Position::last).orElse(0L);
            var seen = eventId(lastSeen, last);
            if (seen == null) {
                stream.resync(last);
            } else {
                stream.startAfter(seen);
            }
        }
        poke(stream.job());
    }

    /// The id that a client names; null where the job has no such event.
    private static @Nullable Long eventId(String lastSeen, long last) {
        // Nineteen digits or more could overflow, and no job has so many events.
        if (!lastSeen.matches("[0-9]{1,18}")) {
            return null;
        }
        long seen = Long.parseLong(lastSeen);
        return seen <= last ? seen : null;
    }

    /// Queues what followers of the job have not seen, a page at a time.
    private void feed(UUID job) {
        var followers = streams.getOrDefault(job, List.of());
        if (followers.isEmpty()) {
            return;
        }
        var position = log.position(job);
        if (position.isEmpty()) {
            return;
        }
        long seenByAll =
                followers.stream().mapToLong(EventStream::lastQueued).min().orElseThrow();
        var events = seenByAll < position.get().last() ? log.after(job, seenByAll, PAGE) : List.<JobEvent>of();
        boolean more = false;
        for (var stream : followers) {
            boolean keepsUp = events.stream()
                    .filter(event -> event.id() > stream.lastQueued())
                    .allMatch(stream::offer);
            if (stream.lastQueued() < position.get().last()) {
                more |= keepsUp;
            } else if (position.get().isFinal()) {
                stream.end();
            }
        }
        if (more) {
            poke(job);
        }
    }
}
