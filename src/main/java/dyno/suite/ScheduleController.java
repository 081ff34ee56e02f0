package dyno.suite;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.job.SubmissionGate;
import dyno.web.Answer;
import dyno.web.CanonicalJson;
import dyno.web.IdempotencyKeys;
import dyno.web.Page;
import dyno.web.QueryParameters;
import dyno.web.StrictJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Schedules over HTTP.
@RestController
@RequestMapping(path = "/api/v1/schedules", produces = APPLICATION_JSON_VALUE)
class ScheduleController {

    private static final String PATH = "/api/v1/schedules/";

    private final ScheduleService service;
    private final SubmissionGate gate;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    ScheduleController(ScheduleService service, SubmissionGate gate, IdempotencyKeys keys, JsonMapper json) {
        this.service = service;
        this.gate = gate;
        this.keys = keys;
        this.json = json;
    }

    /// What a client sends.
    ///
    /// @param zone    by default UTC
    /// @param suite   this or `job`
    /// @param enabled by default true
    @Schema(name = "ScheduleSubmission")
    record Body(
            String name,
            String cron,
            @Nullable String zone,
            @Nullable String suite,
            @Nullable Map<String, @Nullable Object> job,
            @Nullable Boolean enabled,
            Schedule.@Nullable Misfire misfire,
            Schedule.@Nullable Overlap overlap) {}

    @Operation(summary = "Lists schedules by name")
    @GetMapping
    Page<ScheduleView> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(service.all().stream().map(ScheduleView::of).toList(), null);
    }

    @Operation(summary = "Gives a schedule with its next and its last fire")
    @GetMapping("/{name}")
    ScheduleView show(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return ScheduleView.of(service.require(name));
    }

    @Operation(summary = "Makes a schedule")
    @RequestBody(content = @Content(schema = @Schema(implementation = Body.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ScheduleView.class)))
    @PostMapping(consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            @org.springframework.web.bind.annotation.RequestBody byte[] body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        var tree = StrictJson.parse(body);
        return keys.once(key, "POST /api/v1/schedules", CanonicalJson.of(tree), () -> {
                    var state = service.create(tree);
                    var location = PATH + state.schedule().name();
                    return new Answer(201, location, json.writeValueAsString(ScheduleView.of(state)));
                })
                .response();
    }

    @Operation(summary = "Changes a schedule, or makes it")
    @RequestBody(content = @Content(schema = @Schema(implementation = Body.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ScheduleView.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ScheduleView.class)))
    @PutMapping(path = "/{name}", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<ScheduleView> put(
            @PathVariable String name,
            @org.springframework.web.bind.annotation.RequestBody byte[] body,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        boolean isNew = service.put(name, StrictJson.parse(body));
        var answer = isNew ? ResponseEntity.created(URI.create(PATH + name)) : ResponseEntity.ok();
        return answer.body(ScheduleView.of(service.require(name)));
    }

    @Operation(summary = "Deletes a schedule; jobs that it submitted stay")
    @ApiResponse(responseCode = "204")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        service.remove(name);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Submits what a schedule names, now")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ScheduledSubmission.class)))
    @PostMapping("/{name}/trigger")
    ResponseEntity<byte[]> trigger(
            @PathVariable String name,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            @org.springframework.web.bind.annotation.RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        var tree = NoFields.require(body);
        return gate.pass(() -> keys.once(
                        key,
                        "POST /api/v1/schedules/%s/trigger".formatted(name),
                        CanonicalJson.of(tree),
                        () -> new Answer(202, null, json.writeValueAsString(service.trigger(name)))))
                .response();
    }
}
