package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.EventStream.Event;
import dyno.support.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Clients whose connection breaks after any event, and that come back.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class EventResumeIT {

    private static final int CASES = 24;

    private static final String JOB = """
            {"engine": "checker", "plan": {"mode": "SMOKE"}, "matrix": {"blockBytes": [%s]}}
            """.formatted(String.join(
            ", ", IntStream.rangeClosed(1, CASES).mapToObj(Integer::toString).toList()));

    private final Random random = new Random(20_261_121);

    @TempDir
    Path data;

    @Test
    void missNothingAndSeeNothingTwice() throws Exception {
        String id;
        int events;
        try (var service = ServiceProcess.start(data)) {
            // While it happens, and again when all of it is history.
            id = service.submit(JOB);
            events = inPieces(service, id).size();
            assertThat(events).isGreaterThan(CASES);
            for (int i = 0; i < 50; i++) {
                resume(service, id, events);
            }
        }
        try (var service = ServiceProcess.start(data)) {
            for (int i = 0; i < 10; i++) {
                resume(service, id, events);
            }
        }
    }

    /// Drops the connection after a few events, as long as there are any.
    private List<Event> inPieces(ServiceProcess service, String id) throws Exception {
        var all = new ArrayList<Event>();
        while (all.isEmpty() || !all.getLast().type().equals("end")) {
            long seen = all.isEmpty() ? 0 : all.getLast().id();
            long drop = seen + 1 + random.nextInt(5);
            try (var stream = service.eventsAfter(id, seen)) {
                all.addAll(stream.until(isAtLeast(drop).or(event -> event.type().equals("end"))));
            }
        }
        assertThat(all.stream().map(Event::id))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all.size()).boxed().toList());
        return all;
    }

    private void resume(ServiceProcess service, String id, int events) throws Exception {
        long k = 1 + random.nextInt(events - 1);
        try (var stream = service.events(id)) {
            assertThat(stream.until(isAtLeast(k)).getLast().id()).isEqualTo(k);
        }
        try (var stream = service.eventsAfter(id, k)) {
            var rest = stream.until(event -> event.type().equals("end"));
            assertThat(rest.stream().map(Event::id))
                    .as("after event %d", k)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(k + 1, events).boxed().toList());
        }
    }

    private static Predicate<Event> isAtLeast(long id) {
        return event -> event.id() >= id;
    }
}
