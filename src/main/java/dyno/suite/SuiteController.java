package dyno.suite;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.job.Submission;
import dyno.job.SubmissionGate;
import dyno.web.Answer;
import dyno.web.CanonicalJson;
import dyno.web.IdempotencyKeys;
import dyno.web.Page;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Suites over HTTP.
@RestController
@RequestMapping(path = "/api/v1/suites", produces = APPLICATION_JSON_VALUE)
class SuiteController {

    private final SuiteService service;
    private final SubmissionGate gate;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    SuiteController(SuiteService service, SubmissionGate gate, IdempotencyKeys keys, JsonMapper json) {
        this.service = service;
        this.gate = gate;
        this.keys = keys;
        this.json = json;
    }

    /// A suite with its jobs, each as it would be posted with its name before.
    record SuiteView(String name, String description, List<Map<String, @Nullable Object>> jobs) {

        static SuiteView of(Suite suite) {
            var jobs = new ArrayList<Map<String, @Nullable Object>>();
            for (var job : suite.jobs()) {
                var tree = new LinkedHashMap<String, @Nullable Object>();
                tree.put("name", job.name());
                tree.putAll(job.spec());
                jobs.add(tree);
            }
            return new SuiteView(suite.name(), suite.description(), jobs);
        }
    }

    @Operation(summary = "Lists suites by name")
    @GetMapping
    Page<SuiteView> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(service.all().stream().map(SuiteView::of).toList(), null);
    }

    @Operation(summary = "Gives a suite with its jobs")
    @GetMapping("/{name}")
    SuiteView suite(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return SuiteView.of(service.require(name));
    }

    @Operation(summary = "Submits all jobs of a suite")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = SubmittedSuite.class)))
    @PostMapping("/{name}/jobs")
    ResponseEntity<byte[]> submit(
            @PathVariable String name,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        var tree = NoFields.require(body);
        return gate.pass(() -> keys.once(
                        key,
                        "POST /api/v1/suites/%s/jobs".formatted(name),
                        CanonicalJson.of(tree),
                        () -> new Answer(202, null, json.writeValueAsString(service.submit(name, Submission.SUITE)))))
                .response();
    }
}
