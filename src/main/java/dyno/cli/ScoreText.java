package dyno.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The figures of a case, each as the text of a cell.
final class ScoreText {

    private final Terminal.Glyphs glyphs;

    ScoreText(Terminal.Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /// `43.1 GB/s (40.1 GiB/s)`; `none (nothing loaded)` where there is no value; empty where there is no score.
    String value(JsonNode score) {
        if (!score.isObject()) {
            return "";
        }
        var value = score.path("value");
        return value.isNumber()
                ? Quantity.score(value.doubleValue(), score.path("unit").stringValue(""))
                : "none" + reason(score.path("valueReason"));
    }

    /// `± 2.1 %`, or why there is no interval.
    String interval(JsonNode score) {
        var ci95 = score.path("ci95");
        var value = score.path("value");
        if (ci95.isArray() && ci95.size() == 2 && value.isNumber()) {
            return glyphs.plusMinus() + " "
                    + Quantity.halfWidth(
                            ci95.path(0).doubleValue(), ci95.path(1).doubleValue(), value.doubleValue());
        }
        return words(score.path("ci95Reason"));
    }

    /// `8.70× [8.30, 9.10]`, or why there is no speed-up; empty where the job names no baseline.
    String speedup(JsonNode result) {
        var speedup = result.path("speedup");
        var ratio = speedup.path("ratio");
        if (ratio.isNumber()) {
            return Quantity.digits(ratio.doubleValue()) + glyphs.times() + bounds(speedup.path("ci95"));
        }
        String reason = result.path("speedupReason").stringValue("");
        return switch (reason) {
            case "NO_BASELINE" -> "";
            case "IS_BASELINE" -> "baseline";
            default -> words(result.path("speedupReason"));
        };
    }

    private static String bounds(JsonNode ci95) {
        return ci95.isArray() && ci95.size() == 2
                ? " [%s, %s]"
                        .formatted(
                                Quantity.digits(ci95.path(0).doubleValue()),
                                Quantity.digits(ci95.path(1).doubleValue()))
                : "";
    }

    private static String reason(JsonNode reason) {
        String words = words(reason);
        return words.isEmpty() ? "" : " (" + words + ")";
    }

    /// `NEEDS_3_FORKS` as `needs 3 forks`.
    private static String words(JsonNode code) {
        return code.stringValue("").toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
