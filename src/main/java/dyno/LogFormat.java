package dyno;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How lines of the log are written: `DYNO_LOG_FORMAT`.
final class LogFormat {

    private static final String TEXT = "text";

    /// Formats of JSON that Spring Boot writes, one object a line, with `requestId`, `jobId` and `traceId`.
    private static final Set<String> JSON = Set.of("ecs", "gelf", "logstash");

    private LogFormat() {}

    /// The settings that say so.
    ///
    /// @throws CannotStartException where there is no such format
    static List<String> settings(Map<String, String> environment) {
        var format = environment.getOrDefault("DYNO_LOG_FORMAT", "").strip();
        if (format.isEmpty() || format.equals(TEXT)) {
            return List.of();
        }
        if (!JSON.contains(format)) {
            throw new CannotStartException(
                    "DYNO_LOG_FORMAT is '%s' and has to be text, ecs, gelf or logstash".formatted(format));
        }
        return List.of("--logging.structured.format.console=" + format, "--logging.structured.format.file=" + format);
    }
}
