package dyno;

import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dyno.support.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TimetableIT {

    @Test
    void goesOnWhereATaskWaitsForATimeThatAClockAheadHasSet() {
        var database = TestDatabase.fresh();
        var jdbc = JdbcClient.create(database);
        var done = new AtomicInteger();
        var task =
                Tasks.recurring("often", FixedDelay.ofHours(1)).execute((instance, context) -> done.incrementAndGet());
        var timetable = new Timetable(database, List.of(task), new SimpleMeterRegistry(), Duration.ofMillis(100));
        timetable.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> done.get() == 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> jdbc.sql("""
                            UPDATE scheduled_tasks
                            SET execution_time = now() + interval '5 years'
                            WHERE NOT picked
                            """).update() == 1);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql("""
                            SELECT execution_time <= now() + interval '1 hour'
                            FROM scheduled_tasks
                            """).query(Boolean.class).single());
        } finally {
            timetable.stop();
        }
    }
}
