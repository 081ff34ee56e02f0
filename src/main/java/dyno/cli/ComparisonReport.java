package dyno.cli;

import dyno.cli.Columns.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A comparison for people: what became of each case, and what else is not as it was.
final class ComparisonReport {

    private static final String REGRESSION = "REGRESSION";
    private static final String IMPROVEMENT = "IMPROVEMENT";

    private final Terminal terminal;

    ComparisonReport(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Whether a case became worse.
    static boolean isRegression(JsonNode comparison) {
        return comparison.path("verdict").stringValue("").equals(REGRESSION);
    }

    /// @param name of the candidate
    void print(String name, JsonNode comparison) {
        String verdict = comparison.path("verdict").stringValue("");
        var baseline = comparison.path("baseline");
        terminal.out()
                .println("%s against run %s%s: %s"
                        .formatted(
                                name,
                                baseline.path("runId").stringValue(""),
                                at(baseline.path("commit").stringValue("")),
                                ink(verdict).on(words(verdict), terminal)));
        var columns = new Columns(List.of("case", "effect", "95 %", "p", "cpu", "allocated", "gc", "verdict", ""));
        comparison.path("cases").values().forEach(compared -> columns.add(row(compared)));
        if (!comparison.path("cases").isEmpty()) {
            columns.print(terminal);
        }
        comparison.path("differences").values().forEach(this::printDifference);
    }

    private static List<Cell> row(JsonNode compared) {
        String verdict = compared.path("verdict").stringValue("");
        var deltas = compared.path("deltas");
        return List.of(
                Cell.of(name(compared)),
                Cell.of(signed(compared.path("effect"))),
                Cell.of(interval(compared.path("ci95"))),
                Cell.of(probability(compared.path("adjustedP"))),
                Cell.of(signed(deltas.path("cpuSeconds"))),
                Cell.of(signed(deltas.path("allocatedBytes"))),
                Cell.of(signed(deltas.path("gcSeconds"))),
                new Cell(words(verdict), ink(verdict)),
                Cell.of(remark(compared)));
    }

    private static String name(JsonNode compared) {
        String baseline = compared.path("baselineCase").stringValue("");
        String name = compared.path("name").stringValue("");
        return baseline.isEmpty() ? name : name + " / " + baseline;
    }

    /// `+5.9 %`; empty where there is no figure.
    private static String signed(JsonNode share) {
        if (!share.isNumber()) {
            return "";
        }
        double value = share.doubleValue();
        return (value < 0 ? "-" : "+") + Quantity.percent(Math.abs(value));
    }

    private static String interval(JsonNode ci95) {
        return ci95.isArray() && ci95.size() == 2 ? signed(ci95.path(0)) + " to " + signed(ci95.path(1)) : "";
    }

    /// Two digits, never an exponent.
    private static String probability(JsonNode p) {
        if (!p.isNumber()) {
            return "";
        }
        double value = p.doubleValue();
        return value < 0.0001
                ? "< 0.0001"
                : new BigDecimal(value).round(new MathContext(2)).toPlainString();
    }

    /// Why there is no verdict, or what it would take to have one.
    private static String remark(JsonNode compared) {
        String verdict = compared.path("verdict").stringValue("");
        return switch (verdict) {
            case "INCOMPARABLE" -> words(compared.path("verdictReason").stringValue(""));
            case "INSUFFICIENT_DATA" -> words(compared.path("pValueReason").stringValue(""));
            case "INCONCLUSIVE" ->
                "sees %s; %s"
                        .formatted(
                                Quantity.percent(
                                        compared.path("minimumDetectableEffect").doubleValue(0)),
                                forks(compared));
            default -> "";
        };
    }

    private static String forks(JsonNode compared) {
        var needed = compared.path("forksNeeded");
        return needed.isNumber() ? "needs %d forks".formatted(needed.intValue()) : "needs more than 10000 forks";
    }

    private void printDifference(JsonNode difference) {
        terminal.out()
                .println(Ink.FAINT.on(
                        "  differs: %s %s, was %s"
                                .formatted(
                                        difference.path("fact").stringValue(""),
                                        text(difference.path("candidate")),
                                        text(difference.path("baseline"))),
                        terminal));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.isMissingNode() ? "null" : value.toString();
    }

    private static String at(String commit) {
        return commit.isEmpty() ? "" : " (" + commit.substring(0, Math.min(12, commit.length())) + ")";
    }

    private static Ink ink(String verdict) {
        return switch (verdict) {
            case REGRESSION -> Ink.BAD;
            case IMPROVEMENT -> Ink.GOOD;
            default -> Ink.PLAIN;
        };
    }

    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
