package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.measurement.Plan.Mode;
import dyno.web.Cursor;
import dyno.web.Ids;
import dyno.web.Page;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Runs as clients read them.
@RestController
@RequestMapping(path = "/api/v1/runs", produces = APPLICATION_JSON_VALUE)
class RunController {

    /// A run never changes, but for raw samples that are not kept any more; the service keeps smoke runs
    /// for no longer than this.
    static final CacheControl A_DAY =
            CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable();

    private final ResultStore store;
    private final RunLists lists;
    private final RunDeletions deletions;
    private final JsonMapper json;

    RunController(ResultStore store, RunLists lists, RunDeletions deletions, JsonMapper json) {
        this.store = store;
        this.lists = lists;
        this.deletions = deletions;
        this.json = json;
    }

    @Operation(summary = "Lists runs, newest first")
    @Parameter(name = "engine", description = "Runs of this engine only")
    @Parameter(name = "label", description = "Runs that carry this label, as key:value; may be given several times")
    @Parameter(name = "since", description = "Runs that started then or later")
    @Parameter(name = "until", description = "Runs that started before")
    @Parameter(name = "mode", description = "MEASURE, which is the default, or SMOKE")
    @Parameter(name = "limit", description = "1 to 200, 50 by default")
    @Parameter(name = "cursor", description = "nextCursor of the page before")
    @GetMapping
    ResponseEntity<Page<RunSummary>> list(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var filter = new RunFilter(
                Objects.requireNonNullElse(query.word("mode", Mode.class), Mode.MEASURE),
                query.text("engine"),
                query.labels("label"),
                query.instant("since"),
                query.instant("until"));
        int limit = query.limit();
        var after = query.cursor();
        query.check();
        return Page.of(lists.runs(filter, limit, after), limit, run -> new Cursor(run.startedAt(), run.id()))
                .answer(request);
    }

    @Operation(summary = "Gives a run with its cases, on request with forks and raw samples")
    @Parameter(name = "expand", description = "samples, or nothing")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Run.class)))
    @GetMapping("/{id}")
    ResponseEntity<byte[]> run(@PathVariable String id, HttpServletRequest request) {
        var query = QueryParameters.of(request);
        boolean withSamples = Expansion.SAMPLES == Expansion.of(query);
        query.check();
        var given = Ids.require(id, "run");
        var run = store.find(given, withSamples).orElseThrow(() -> deletions.missing(given));
        var body = json.writeValueAsBytes(run);
        return ResponseEntity.ok().eTag(EntityTag.of(body)).cacheControl(A_DAY).body(body);
    }

    private enum Expansion {
        NOTHING,
        SAMPLES;

        static Expansion of(QueryParameters query) {
            var text = query.text("expand");
            if (text == null) {
                return NOTHING;
            }
            if (!text.equals("samples")) {
                query.refuse("expand", "expand can only be samples");
            }
            return SAMPLES;
        }
    }
}
