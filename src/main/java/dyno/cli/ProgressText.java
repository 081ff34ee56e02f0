package dyno.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// How far a running job is, as text.
final class ProgressText {

    private static final int BAR_WIDTH = 20;

    /// `[=====     ] 47 %, 34 s left  direct, fork 1/3, measuring 3/5`
    static String of(JsonNode progress) {
        var text = new StringBuilder(bar(progress.path("fraction").doubleValue(0)));
        var eta = progress.path("etaSeconds");
        if (eta.isNumber()) {
            text.append(", ").append(Quantity.seconds(eta.doubleValue())).append(" left");
        }
        text.append("  ").append(progress.path("case").stringValue(""));
        text.append(", fork ").append(progress.path("fork").intValue(0));
        text.append('/').append(progress.path("forks").intValue(0));
        text.append(", ").append(progress.path("stage").stringValue("").toLowerCase(Locale.ROOT));
        int iterations = progress.path("iterations").intValue(0);
        if (iterations > 0) {
            text.append(' ').append(progress.path("iteration").intValue(0));
            text.append('/').append(iterations);
        }
        return text.toString();
    }

    private static String bar(double fraction) {
        int filled = (int) Math.round(Math.clamp(fraction, 0, 1) * BAR_WIDTH);
        return "[%s%s] %d %%".formatted("=".repeat(filled), " ".repeat(BAR_WIDTH - filled), Math.round(fraction * 100));
    }

    private ProgressText() {}
}
