package dyno.job;

import java.util.Locale;

/// What an event of a job tells.
enum EventType {
    /// It changed its state: [Payload.State].
    STATE,
    /// It came further: [Progress].
    PROGRESS,
    /// A case is finished: [Payload.Case].
    CASE,
    /// Something that readers of its figures should know: [dyno.engine.Warning].
    WARNING,
    /// Nothing follows: [Payload.End].
    END;

    /// As it stands in the stream and in the table.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
