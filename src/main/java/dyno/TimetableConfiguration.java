package dyno;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Runs the features' recurring tasks, unless the service lives for one command only.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "dyno.timetable.enabled", matchIfMissing = true)
class TimetableConfiguration {

    @Bean
    Timetable timetable(DataSource database, List<RecurringTask<Void>> tasks, MeterRegistry meters) {
        return new Timetable(database, tasks, meters, Timetable.CHECK);
    }
}
