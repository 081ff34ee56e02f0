package dyno.cli;

import static dyno.cli.PlayedApi.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final String EVENTS = "GET /api/v1/jobs/j1/events";
    private static final String JOB = "GET /api/v1/jobs/j1";
    private static final PlayedApi.Answer RUNNING = PlayedApi.json(200, "{\"id\": \"j1\", \"state\": \"RUNNING\"}");
    private static final PlayedApi.Answer SUCCEEDED = PlayedApi.json(200, "{\"id\": \"j1\", \"state\": \"SUCCEEDED\"}");

    private final PlayedApi played = new PlayedApi();
    private final Api api = new Api(played.base());
    private final List<JobEvent> heard = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
        played.close();
    }

    @Test
    void hearsEveryEventAndReturnsTheFinishedJob() throws Exception {
        played.on(EVENTS, PlayedApi.events(": heartbeat\n\n", event(1, "state", "{}"), event(2, "end", "{}")))
                .on(JOB, SUCCEEDED);

        var job = follow();

        assertThat(job.path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(heard).extracting(JobEvent::id).containsExactly("1", "2");
        assertThat(pauses).isEmpty();
    }

    @Test
    void resumesAfterTheLastEventWhereTheConnectionBreaks() throws Exception {
        played.on(
                        EVENTS,
                        PlayedApi.eventsThenBreak(event(1, "state", "{}"), event(2, "progress", "{}")),
                        PlayedApi.events(event(3, "end", "{}")))
                .on(JOB, SUCCEEDED);

        follow();

        assertThat(heard).extracting(JobEvent::id).containsExactly("1", "2", "3");
        assertThat(played.requests().stream()
                        .filter(request -> request.line().equals(EVENTS))
                        .map(request -> request.header("Last-Event-ID")))
                .containsExactly("", "2");
    }

    @Test
    void asksForTheJobWhereAStreamEndsBeforeIt() throws Exception {
        played.on(EVENTS, PlayedApi.events(event(1, "state", "{}")), PlayedApi.events())
                .on(JOB, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, SUCCEEDED);

        var job = follow();

        assertThat(job.path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(pauses).hasSize(6).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void comesBackToAServiceThatWasAwayForAMoment() throws Exception {
        played.on(
                        EVENTS,
                        PlayedApi.json(503, "{\"title\": \"The service is shutting down\"}"),
                        PlayedApi.json(429, "{\"title\": \"Too many requests\"}"),
                        PlayedApi.events(event(1, "end", "{}")))
                .on(JOB, SUCCEEDED);

        follow();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void givesUpOnAServiceThatStaysAway() {
        played.on(EVENTS, PlayedApi.eventsThenBreak(event(1, "state", "{}")), exchange -> exchange.close());

        assertThatExceptionOfType(LostServiceException.class)
                .isThrownBy(this::follow)
                .withMessageContaining("Gave up on job j1 after 3 attempts; it may still be running.");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void countsASilentConnectionAsDead() throws Exception {
        played.on(EVENTS, PlayedApi.eventsThenSilence(event(1, "state", "{}")), PlayedApi.events(event(2, "end", "{}")))
                .on(JOB, SUCCEEDED);

        follow(Duration.ofMillis(300));

        assertThat(heard).extracting(JobEvent::id).containsExactly("1", "2");
    }

    @Test
    void doesNotAskAgainForAJobThatIsNotThere() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(this::follow)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("not-found"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void rejectsAnAnswerThatIsNotAStream() {
        played.on(EVENTS, PlayedApi.json(200, "{}"));

        assertThatExceptionOfType(StrangeAnswerException.class)
                .isThrownBy(this::follow)
                .withMessageEndingWith("answered with application/json instead of events");
    }

    private tools.jackson.databind.JsonNode follow() throws InterruptedException {
        return follow(Duration.ofSeconds(20));
    }

    private tools.jackson.databind.JsonNode follow(Duration silence) throws InterruptedException {
        var delays = List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        return new Follower(api, "j1", new Pacing(silence, delays, pauses::add), heard::add).follow();
    }
}
