package dyno.result;

import java.util.Map;
import java.util.OptionalDouble;

/// The units of time in JMH's scores: `ops/us`, `ns/op`.
final class JmhUnit {

    private static final String PER = "ops/";
    private static final String OF = "/op";

    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "hr", 3_600.0, "day", 86_400.0);

    private JmhUnit() {}

    /// Seconds of the unit's time; empty where it has none of JMH's forms.
    static OptionalDouble secondsPerUnit(String unit) {
        var time = unit.startsWith(PER)
                ? unit.substring(PER.length())
                : unit.endsWith(OF) ? unit.substring(0, unit.length() - OF.length()) : "";
        var seconds = SECONDS.get(time);
        return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }
}
