package dyno.result;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Looks now and then for runs that nobody held against the thresholds.
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

    private static final Duration LOOK = Duration.ofMinutes(1);

    @Bean
    RecurringTask<Void> watchLeftOverRuns(UnwatchedRuns unwatched) {
        return Tasks.recurring("unwatched-runs", FixedDelay.of(LOOK))
                .execute((instance, context) -> unwatched.watchLeftOver());
    }
}
