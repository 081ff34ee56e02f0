package dyno;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.stats.MicrometerStatsRegistry;
import com.github.kagkarlsson.scheduler.stats.StatsRegistryAdapter;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Does what has to be done now and then, on one node at a time: fires of schedules, checks,
/// housekeeping.
///
/// Starts after everything that its tasks need, and stops before it.
final class Timetable implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    /// Tasks are due every few seconds at most.
    private static final Duration POLL = Duration.ofSeconds(2);

    /// What a node was at when it died, another does after four of these.
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 4;
    private static final int THREADS = 2;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /// How often it is looked for tasks that wait for a time which a clock ahead has set.
    static final Duration CHECK = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final List<RecurringTask<Void>> tasks;
    private final Duration check;
    private @Nullable Thread checking;
    private volatile boolean stopped;
    private volatile boolean running;

    /// @param check how often tasks are looked at that wait for longer than their schedules say
    Timetable(DataSource database, List<RecurringTask<Void>> tasks, MeterRegistry meters, Duration check) {
        this.tasks = List.copyOf(tasks);
        this.check = check;
        this.scheduler = Scheduler.create(database)
                .startTasks(tasks)
                // Two services on one host are two nodes.
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .threads(THREADS)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP_LIMIT)
                .failureLogging(LogLevel.WARN, true)
                .addSchedulerListener(new StatsRegistryAdapter(new MicrometerStatsRegistry(meters, tasks)))
                .build();
    }

    @Override
    public void start() {
        scheduler.start();
        checking = Thread.ofVirtual().name("timetable-check").start(this::bringBack);
        running = true;
    }

    @Override
    public void stop() {
        stopped = true;
        if (checking != null) {
            checking.interrupt();
        }
        scheduler.stop();
        running = false;
    }

    /// A task whose next time was set while a clock was ahead waits for that time. At its start db-scheduler
    /// brings such ones back; a node that runs for months does it as well.
    private void bringBack() {
        var clock = new SystemClock();
        while (!stopped) {
            try {
                Thread.sleep(check);
            } catch (InterruptedException e) {
                // The timetable stops.
                return;
            }
            tasks.forEach(task -> bringBack(task, clock));
        }
    }

    private void bringBack(RecurringTask<Void> task, Clock clock) {
        try {
            task.onStartup(scheduler, clock);
        } catch (RuntimeException e) {
            LOG.warn("task {} cannot be looked at: {}", task.getName(), e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
