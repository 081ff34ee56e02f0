package dyno.cli;

import java.util.Optional;

/// Puts events together from the lines of a `text/event-stream`.
///
/// ```text
/// : heartbeat          a comment, ignored
/// id: 7
/// event: progress
/// data: {"case":1}     several data lines are one text with line feeds
///                      an empty line ends the event
/// ```
///
/// Used by one thread at a time; each connection has its own.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing an
///      event stream</a>
final class EventLines {

    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";

    /// Takes the next line, without its end.
    ///
    /// @return the event that the line ends, if it ends one
    Optional<JobEvent> add(String line) {
        if (line.isEmpty()) {
            return end();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    private void take(String field, String value) {
        switch (field) {
            case "id" -> id = value;
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            default -> {
                // Comments have an empty name; other fields are to be ignored by the format's own rule.
            }
        }
    }

    private Optional<JobEvent> end() {
        String text = data.toString();
        String kind = type.isEmpty() ? "message" : type;
        data.setLength(0);
        type = "";
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobEvent(id, kind, text.substring(0, text.length() - 1)));
    }
}
