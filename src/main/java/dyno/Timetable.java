package dyno;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.stats.MicrometerStatsRegistry;
import com.github.kagkarlsson.scheduler.stats.StatsRegistryAdapter;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/// Does what has to be done now and then, on one node at a time: fires of schedules, checks,
/// housekeeping.
///
/// Starts after everything that its tasks need, and stops before it.
final class Timetable implements SmartLifecycle {

    /// Tasks are due every few seconds at most.
    private static final Duration POLL = Duration.ofSeconds(2);

    /// What a node was at when it died, another does after four of these.
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 4;
    private static final int THREADS = 2;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private volatile boolean running;

    Timetable(DataSource database, List<RecurringTask<Void>> tasks, MeterRegistry meters) {
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
        running = true;
    }

    @Override
    public void stop() {
        scheduler.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
