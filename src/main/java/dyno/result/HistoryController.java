package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// History over HTTP.
@RestController
@RequestMapping(path = "/api/v1/history", produces = APPLICATION_JSON_VALUE)
class HistoryController {

    private final HistoryStore store;

    HistoryController(HistoryStore store) {
        this.store = store;
    }

    @Operation(summary = "Gives a case's scores over time, oldest first, with the changes of their level")
    @Parameter(name = "engine", description = "Required")
    @Parameter(name = "case", description = "Required: the case's name")
    @Parameter(name = "fingerprint", description = "Of an environment; the newest run's by default")
    @Parameter(name = "label", description = "Runs that carry this label, as key:value; may be given several times")
    @Parameter(name = "excluded", description = "true: with points that do not count")
    @Parameter(name = "limit", description = "The newest 1 to 200, 50 by default")
    @GetMapping
    History history(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var filter = new HistoryFilter(
                required(query, "engine"), required(query, "case"), query.text("fingerprint"), query.labels("label"));
        boolean withExcluded = query.flag("excluded");
        int limit = query.limit();
        query.check();
        return store.series(filter)
                .map(series -> History.of(series, store.newest(series, limit, withExcluded)))
                .orElseGet(() -> History.none(filter));
    }

    /// Never used where it is missing: the check comes first.
    private static String required(QueryParameters query, String name) {
        @Nullable String text = query.text(name);
        if (text == null && query.texts(name).isEmpty()) {
            query.refuse(name, name + " is missing");
        }
        return text == null ? "" : text;
    }
}
