package dyno.suite;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dyno.job.JobService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/// Wires schedules, and what looks after them now and then.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    /// How late a fire may be at most while everything is well.
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final Duration CHECK = Duration.ofMinutes(5);

    @Bean
    ScheduleStore scheduleStore(JdbcClient jdbc, JsonMapper json) {
        return new ScheduleStore(jdbc, json);
    }

    @Bean
    Fires fires(
            ScheduleStore schedules,
            JdbcClient jdbc,
            SuiteService suites,
            JobService jobs,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        var submitter = new ScheduleSubmitter(suites, jobs);
        return new Fires(schedules, new FireStore(jdbc), submitter, clock, transactions);
    }

    /// @param file the setting `dyno.schedules`; empty: `config/schedules.yml` below Dyno's home
    /// @param home where the launcher stands; the working folder where there is none
    @Bean
    ScheduleService scheduleService(
            ScheduleStore store,
            Fires fires,
            SuiteCatalog suites,
            JobService jobs,
            InstantSource clock,
            @Value("${dyno.schedules:}") String file,
            @Value("${dyno.home:}") String home) {
        var service = new ScheduleService(store, new ScheduleReader(suites::require, jobs::dryRun), fires, clock);
        SchedulesFile.read(file, Path.of(home)).ifPresent(read -> ScheduleFileLoader.load(read, service::addIfMissing));
        return service;
    }

    @Bean
    MissingRuns missingRuns(
            ScheduleStore schedules,
            ApplicationEventPublisher events,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        return new MissingRuns(schedules, events, clock, transactions);
    }

    @Bean
    RecurringTask<Void> fireSchedules(Fires fires) {
        return Tasks.recurring("schedules", FixedDelay.of(TICK)).execute((instance, context) -> fires.fireDue());
    }

    @Bean
    RecurringTask<Void> checkSchedules(Fires fires, MissingRuns missing) {
        return Tasks.recurring("missing-runs", FixedDelay.of(CHECK)).execute((instance, context) -> {
            missing.check();
            fires.bringBack();
        });
    }
}
