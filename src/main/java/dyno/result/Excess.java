package dyno.result;

import dyno.measurement.Interval;
import dyno.measurement.Score.Better;
import dyno.result.Alert.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A score on the wrong side of a threshold.
///
/// @param boundary what the history allows
/// @param samples  points of the history
record Excess(Series series, Threshold threshold, double score, Interval boundary, int samples) {

    private double bound() {
        return series.better() == Better.HIGHER ? boundary.low() : boundary.high();
    }

    /// @param suspected the run that was beyond the threshold first
    /// @param confirmed the run that was so again
    /// @param unconfirmed why there is no such run; null where there is one
    NewAlert alert(UUID suspected, UUID confirmed, @Nullable String unconfirmed) {
        var details = new LinkedHashMap<String, Object>();
        details.put("threshold", threshold.name());
        details.put("rule", threshold.rule().name());
        details.put("limit", threshold.limit());
        details.put("bound", bound());
        details.put("score", score);
        details.put("unit", series.unit());
        details.put("samples", samples);
        details.put("suspectedBy", suspected.toString());
        details.put("confirmed", unconfirmed == null);
        if (unconfirmed != null) {
            details.put("unconfirmedReason", unconfirmed);
        }
        return new NewAlert(
                Kind.REGRESSION,
                subjectStart(series) + suspected,
                series.engine(),
                series.caseName(),
                series.fingerprint(),
                confirmed,
                null,
                message(),
                details);
    }

    /// What subjects of all alerts of a series begin with.
    static String subjectStart(Series series) {
        return "REGRESSION|" + series.key() + "|";
    }

    private String message() {
        return String.format(
                Locale.ROOT,
                "%s %s: %.4g %s is %s %.4g, which threshold %s allows after %d runs",
                series.engine(),
                series.caseName(),
                score,
                series.unit(),
                series.better() == Better.HIGHER ? "below" : "above",
                bound(),
                threshold.name(),
                samples);
    }
}
