package dyno.engine.etl;

import dyno.engine.etl.StageClock.Stage;
import java.util.EnumMap;
import java.util.Map;

/// CPU time by stage, of one thread or of several together. Nobody changes its maps.
///
/// @param nanos      of the stages of which it is known
/// @param unknown    why it is not known of the others; what is known of them is in `totalNanos` alone
/// @param totalNanos of all threads
record StageTimes(Map<Stage, Long> nanos, Map<Stage, String> unknown, long totalNanos) {

    static final StageTimes NONE = new StageTimes(Map.of(), Map.of(), 0);

    /// A stage of which one side does not know its share is unknown.
    StageTimes plus(StageTimes other) {
        var both = new EnumMap<Stage, Long>(Stage.class);
        var neither = new EnumMap<Stage, String>(Stage.class);
        neither.putAll(other.unknown);
        neither.putAll(unknown);
        for (var stage : Stage.values()) {
            if (!neither.containsKey(stage)) {
                both.put(stage, nanos.getOrDefault(stage, 0L) + other.nanos.getOrDefault(stage, 0L));
            }
        }
        return new StageTimes(both, neither, totalNanos + other.totalNanos);
    }

    /// What is of no stage, or of one that is unknown.
    long otherNanos() {
        long other = totalNanos;
        for (long known : nanos.values()) {
            other -= known;
        }
        return other;
    }
}
