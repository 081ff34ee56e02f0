package dyno.support;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `text/event-stream`.
public final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Stream<String> lines;
    private final Iterator<String> iterator;

    public record Event(long id, String type, JsonNode data) {}

    EventStream(Stream<String> lines) {
        this.lines = lines;
        this.iterator = lines.iterator();
    }

    /// Reads up to and with the first event that fits, or to the stream's end.
    public List<Event> until(Predicate<Event> last) {
        var events = new ArrayList<Event>();
        long id = -1;
        String type = "message";
        var data = new StringBuilder();
        while (iterator.hasNext()) {
            String line = iterator.next();
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                var event = new Event(id, type, JSON.readTree(data.toString()));
                events.add(event);
                data.setLength(0);
                type = "message";
                if (last.test(event)) {
                    break;
                }
            }
        }
        return events;
    }

    /// Whether the event says that a fork is at this stage.
    public static Predicate<Event> stage(String stage) {
        return event -> event.type().equals("progress")
                && stage.equals(event.data().path("stage").asString());
    }

    @Override
    public void close() {
        lines.close();
    }
}
