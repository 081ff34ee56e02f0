package dyno.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.measurement.ChangePoints;
import dyno.measurement.Score.Better;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A case over time.
///
/// @param fingerprint of the environment; null where no run has the case
/// @param unit        of the scores; null where no run has the case
/// @param points      oldest first
/// @param changePoints where the level changed; `index` counts in `points`
record History(
        String engine,
        @JsonProperty("case") String caseName,
        @Nullable String fingerprint,
        @Nullable String unit,
        @Nullable Better better,
        List<HistoryPoint> points,
        List<ChangedLevel> changePoints) {

    /// @param index     of the first point on the new level
    /// @param runId     its run
    /// @param before    geometric mean of the level before
    /// @param after     of the level after
    /// @param magnitude `after` over `before` less 1
    record ChangedLevel(int index, UUID runId, double before, double after, double magnitude, double pValue) {}

    static History none(HistoryFilter filter) {
        return new History(filter.engine(), filter.caseName(), filter.fingerprint(), null, null, List.of(), List.of());
    }

    static History of(Series series, List<HistoryPoint> points) {
        var counted = IntStream.range(0, points.size())
                .filter(i -> !points.get(i).excluded())
                .toArray();
        var scores =
                IntStream.of(counted).mapToDouble(i -> points.get(i).score()).toArray();
        var changes = ChangePoints.of(scores).stream()
                .map(change -> {
                    int index = counted[change.index()];
                    return new ChangedLevel(
                            index,
                            points.get(index).runId(),
                            change.before(),
                            change.after(),
                            change.magnitude(),
                            change.pValue());
                })
                .toList();
        return new History(
                series.engine(),
                series.caseName(),
                series.fingerprint(),
                series.unit(),
                series.better(),
                points,
                changes);
    }
}
