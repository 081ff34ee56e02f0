package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.measurement.Comparison;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Comparisons over HTTP.
@RestController
@RequestMapping(path = "/api/v1/comparisons", produces = APPLICATION_JSON_VALUE)
class ComparisonController {

    private final ComparisonService service;

    ComparisonController(ComparisonService service) {
        this.service = service;
    }

    @Operation(summary = "Compares a run with another, or the variants of one run with its baseline variant")
    @Parameter(name = "baseline", description = "Id of a run, or name of a baseline")
    @Parameter(name = "candidate", description = "Id of a run; the same as baseline: the run's variants")
    @Parameter(name = "margin", description = "Effects up to it do not matter; above 0 and below 1, 0.03 by default")
    @GetMapping
    RunComparison compare(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var baseline = required(query, "baseline");
        var candidate = required(query, "candidate");
        double margin = margin(query);
        query.check();
        return service.compare(baseline, candidate, margin);
    }

    /// Never used where it is missing: the check comes first.
    private static String required(QueryParameters query, String name) {
        @Nullable String text = query.text(name);
        if (text == null && query.texts(name).isEmpty()) {
            query.refuse(name, name + " is missing");
        }
        return text == null ? "" : text;
    }

    private static double margin(QueryParameters query) {
        var text = query.text("margin");
        if (text == null) {
            return Comparison.DEFAULT_MARGIN;
        }
        double margin = Decimals.parse(text).orElse(-1);
        if (margin <= 0 || margin >= 1) {
            query.refuse("margin", "margin is not a number above 0 and below 1");
        }
        return margin;
    }
}
