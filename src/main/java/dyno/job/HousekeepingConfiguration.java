package dyno.job;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dyno.result.RunRetention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Wires what takes old things away; one node at a time does it.
@Configuration(proxyBeanMethods = false)
class HousekeepingConfiguration {

    /// Nobody waits for it.
    private static final Duration PERIOD = Duration.ofMinutes(10);

    @Bean
    RecurringTask<Void> keepHouse(
            RunRetention retention,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<JobWorker> workers,
            InstantSource clock) {
        var purge = new RunPurge(retention, jdbc, transactions);
        var housekeeping = new Housekeeping(
                List.of(retention::expireSomeSamples, retention::deleteSomeRuns, purge::someRuns),
                () -> workers.stream().anyMatch(JobWorker::isMeasuring),
                clock);
        return Tasks.recurring("housekeeping", FixedDelay.of(PERIOD))
                .execute((instance, context) -> housekeeping.keep());
    }
}
