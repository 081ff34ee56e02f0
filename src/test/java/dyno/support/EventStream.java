package dyno.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `text/event-stream`.
public final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InputStream body;

    public record Event(long id, String type, JsonNode data) {}

    EventStream(InputStream body) {
        this.body = body;
    }

    /// Reads up to and with the first event that fits, or to the stream's end.
    public List<Event> until(Predicate<Event> last) throws IOException {
        var events = new ArrayList<Event>();
        long id = -1;
        String type = "message";
        var data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
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

    /// The next line; null at the stream's end. Byte by byte: a reader would ask for more than has come, and wait.
    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = body.read(); b != '\n'; b = body.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
