package dyno.metrics;

import dyno.suite.ScheduleService;
import dyno.suite.ScheduleService.Figures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Meters of each schedule, which come and go with it. What they show is asked of the database now and
/// then, since any node may have changed or fired it. Safe for any number of threads.
final class ScheduleMeters implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleMeters.class);

    private static final long PERIOD_SECONDS = 15;

    private final MeterRegistry registry;
    private final ScheduleService schedules;
    private final Map<String, Figures> figures = new HashMap<>();
    private final Map<String, List<Meter>> meters = new HashMap<>();
    private @Nullable ScheduledExecutorService refresher;

    ScheduleMeters(MeterRegistry registry, ScheduleService schedules) {
        this.registry = registry;
        this.schedules = schedules;
    }

    @Override
    public synchronized void start() {
        refresh();
        var thread = Thread.ofPlatform().name("dyno-schedule-meters").daemon().factory();
        refresher = Executors.newSingleThreadScheduledExecutor(thread);
        var _ = refresher.scheduleWithFixedDelay(this::refresh, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        if (refresher != null) {
            refresher.shutdownNow();
            refresher = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return refresher != null;
    }

    /// Shows what the table holds; while the database is away the meters stay as they are.
    void refresh() {
        try {
            show(schedules.figures());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("meters of schedules are not refreshed: {}", e.getMessage());
        }
    }

    private synchronized void show(List<Figures> all) {
        var gone = new HashSet<>(figures.keySet());
        for (var one : all) {
            gone.remove(one.schedule());
            figures.put(one.schedule(), one);
            meters.computeIfAbsent(one.schedule(), this::create);
        }
        for (var schedule : gone) {
            figures.remove(schedule);
            var old = meters.remove(schedule);
            if (old != null) {
                old.forEach(registry::remove);
            }
        }
    }

    private List<Meter> create(String schedule) {
        return List.of(
                gauge(
                        "dyno.schedule.last.success.timestamp.seconds",
                        "When all jobs of a fire had succeeded; 0 where that has not been",
                        schedule,
                        of -> seconds(of.lastSuccess())),
                gauge(
                        "dyno.schedule.next.fire.timestamp.seconds",
                        "When it fires next; 0 where it is not enabled",
                        schedule,
                        of -> seconds(of.nextFire())),
                FunctionCounter.builder(
                                "dyno.schedule.misfires", this, meters -> meters.value(schedule, Figures::misfires))
                        .description("How often nobody was there when it was due, a gap counting once")
                        .tags("schedule", schedule)
                        .register(registry));
    }

    private Gauge gauge(String name, String description, String schedule, ToDoubleFunction<Figures> value) {
        return Gauge.builder(name, this, meters -> meters.value(schedule, value))
                .description(description)
                .tags("schedule", schedule)
                .register(registry);
    }

    private synchronized double value(String schedule, ToDoubleFunction<Figures> value) {
        var of = figures.get(schedule);
        return of == null ? Double.NaN : value.applyAsDouble(of);
    }

    private static double seconds(@Nullable Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli() / 1e3;
    }
}
