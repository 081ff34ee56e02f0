package dyno.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// How far a running job is, as text. The service counts cases, forks and iterations from 0, people from 1.
final class ProgressText {

    private static final int BAR_WIDTH = 20;

    /// `[=====     ] 47 %, 34 s left  case 2/4, fork 1/3, measuring 3/5`
    static String of(JsonNode progress) {
        var text = new StringBuilder(bar(progress.path("fraction").doubleValue(0)));
        var eta = progress.path("etaSeconds");
        if (eta.isNumber()) {
            text.append(", ").append(Quantity.seconds(eta.doubleValue())).append(" left");
        }
        text.append("  case ").append(place(progress, "case", "cases"));
        text.append(", fork ").append(place(progress, "fork", "forks"));
        text.append(", ").append(progress.path("stage").stringValue("").toLowerCase(Locale.ROOT));
        if (progress.path("iterations").intValue(0) > 0) {
            text.append(' ').append(place(progress, "iteration", "iterations"));
        }
        return text.toString();
    }

    private static String place(JsonNode progress, String index, String count) {
        return (progress.path(index).intValue(0) + 1) + "/"
                + progress.path(count).intValue(0);
    }

    private static String bar(double fraction) {
        int filled = (int) Math.round(Math.clamp(fraction, 0, 1) * BAR_WIDTH);
        return "[%s%s] %d %%".formatted("=".repeat(filled), " ".repeat(BAR_WIDTH - filled), Math.round(fraction * 100));
    }

    private ProgressText() {}
}
