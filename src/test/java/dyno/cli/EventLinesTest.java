package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventLinesTest {

    private final EventLines lines = new EventLines();

    @Test
    void endsAnEventAtTheEmptyLine() {
        assertThat(read("id: 7", "event: state", "data: {}", "")).containsExactly(new JobEvent("7", "state", "{}"));
    }

    @Test
    void joinsDataLinesWithLineFeeds() {
        assertThat(read("data: a", "data:b", "data", "", "")).containsExactly(new JobEvent("", "message", "a\nb\n"));
    }

    @Test
    void ignoresCommentsAndUnknownFields() {
        assertThat(read(": heartbeat", "", "retry: 5", "data: x", ""))
                .containsExactly(new JobEvent("", "message", "x"));
    }

    @Test
    void keepsTheIdButNotTheTypeForTheNextEvent() {
        assertThat(read("id: 7", "event: state", "data: a", "", "data: b", ""))
                .containsExactly(new JobEvent("7", "state", "a"), new JobEvent("7", "message", "b"));
    }

    @Test
    void takesOnlyOneBlankFromAValue() {
        assertThat(read("data:  two", "")).containsExactly(new JobEvent("", "message", " two"));
    }

    @Test
    void tellsNothingOfAnEventWithoutData() {
        assertThat(read("event: end", "", "data: x", "")).containsExactly(new JobEvent("", "message", "x"));
    }

    @Test
    void tellsNothingOfAnEventThatIsCutShort() {
        assertThat(read("id: 7", "event: end", "data: {}")).isEmpty();
    }

    private List<JobEvent> read(String... text) {
        return List.of(text).stream().map(lines::add).flatMap(Optional::stream).toList();
    }
}
