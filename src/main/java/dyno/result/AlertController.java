package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.result.Alert.Kind;
import dyno.result.Alert.State;
import dyno.web.Cursor;
import dyno.web.Ids;
import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Alerts over HTTP. The service raises them; people confirm or dismiss them.
@RestController
@RequestMapping(path = "/api/v1/alerts", produces = APPLICATION_JSON_VALUE)
class AlertController {

    private final AlertStore alerts;

    AlertController(AlertStore alerts) {
        this.alerts = alerts;
    }

    @Operation(summary = "Lists alerts, newest first")
    @Parameter(name = "state", description = "OPEN, CONFIRMED or DISMISSED")
    @Parameter(name = "kind", description = "REGRESSION or MISSING_NIGHTLY")
    @Parameter(name = "engine", description = "Alerts of this engine only")
    @Parameter(name = "limit", description = "1 to 200, 50 by default")
    @Parameter(name = "cursor", description = "nextCursor of the page before")
    @GetMapping
    ResponseEntity<Page<Alert>> list(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var filter =
                new AlertFilter(query.word("state", State.class), query.word("kind", Kind.class), query.text("engine"));
        int limit = query.limit();
        var after = query.cursor();
        query.check();
        return Page.of(alerts.list(filter, limit, after), limit, alert -> new Cursor(alert.createdAt(), alert.id()))
                .answer(request);
    }

    @Operation(summary = "Gives an alert")
    @GetMapping("/{id}")
    Alert alert(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return alerts.find(Ids.require(id, "alert")).orElseThrow(() -> missing(id));
    }

    @Operation(summary = "Confirms an alert, or dismisses it with a reason")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = AlertChange.class)))
    @PatchMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE)
    Alert change(@PathVariable String id, @RequestBody byte[] body, HttpServletRequest request) {
        QueryParameters.of(request).check();
        var change = AlertChange.read(body);
        return alerts.close(Ids.require(id, "alert"), change.state(), change.reason())
                .orElseThrow(() -> missing(id));
    }

    private static ProblemException missing(String id) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no alert " + id);
    }
}
