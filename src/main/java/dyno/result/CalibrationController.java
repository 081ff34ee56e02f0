package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.measurement.Plan.Mode;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What runs of suite `calibration` say of comparisons on this machine.
@RestController
@RequestMapping(path = "/api/v1/calibration", produces = APPLICATION_JSON_VALUE)
class CalibrationController {

    private static final Map<String, String> LABELS = Map.of("suite", "calibration");

    private final RunLists lists;
    private final ResultStore store;

    CalibrationController(RunLists lists, ResultStore store) {
        this.lists = lists;
        this.store = store;
    }

    @Operation(summary = "Gives rate of false alarms and smallest detectable effect by engine, from suite calibration")
    @Parameter(name = "engine", description = "This engine only")
    @Parameter(name = "limit", description = "The newest 1 to 200 runs of the suite's jobs, 50 by default")
    @GetMapping
    Calibration calibration(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var filter = new RunFilter(Mode.MEASURE, query.text("engine"), LABELS, null, null);
        int limit = query.limit();
        query.check();
        // Read one by one, as each has all of its samples.
        return Calibration.of(lists.runs(filter, limit, null).stream()
                .limit(limit)
                .filter(summary -> !summary.partial())
                .flatMap(summary -> store.find(summary.id(), true).stream()));
    }
}
