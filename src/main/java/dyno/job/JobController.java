package dyno.job;

import dyno.web.Answer;
import dyno.web.CanonicalJson;
import dyno.web.Cursor;
import dyno.web.IdempotencyKeys;
import dyno.web.Ids;
import dyno.web.Page;
import dyno.web.QueryParameters;
import dyno.web.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// Jobs over HTTP.
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

    private static final String PATH = "/api/v1/jobs/";

    private final JobService service;
    private final JobEvents events;
    private final IdempotencyKeys keys;
    private final JsonMapper mapper;
    private final SubmissionGate gate;

    JobController(JobService service, SubmissionGate gate, JobEvents events, IdempotencyKeys keys, JsonMapper mapper) {
        this.service = service;
        this.gate = gate;
        this.events = events;
        this.keys = keys;
        this.mapper = mapper;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> submit(
            @RequestBody byte[] body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            HttpServletRequest request) {
        var query = QueryParameters.of(request);
        boolean dryRun = query.flag("dryRun");
        query.check();
        return gate.pass(() -> answer(body, key, dryRun));
    }

    private ResponseEntity<?> answer(byte[] body, @Nullable String key, boolean dryRun) {
        var tree = StrictJson.parse(body);
        return dryRun
                ? ResponseEntity.ok(service.dryRun(tree))
                : keys.once(key, "POST /api/v1/jobs", CanonicalJson.of(tree), () -> accept(tree))
                        .response();
    }

    private Answer accept(@Nullable Object tree) {
        var job = service.submit(tree, Submission.API);
        var view = JobView.of(job, service.firstPosition(job).orElse(null));
        return new Answer(202, PATH + job.id(), mapper.writeValueAsString(view));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<JobView>> list(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var filter = new JobFilter(
                query.word("state", JobState.class),
                query.text("engine"),
                query.labels("label"),
                query.limit(),
                query.cursor());
        query.check();
        return Page.of(
                        service.views(service.list(filter)),
                        filter.limit(),
                        job -> new Cursor(job.createdAt(), job.id()))
                .answer(request);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView show(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return view(service.require(id(id)));
    }

    @PostMapping(path = "/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> cancel(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return ResponseEntity.accepted().body(view(service.cancel(id(id))));
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> follow(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastSeen,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(events.follow(id(id), lastSeen));
    }

    private JobView view(Job job) {
        return JobView.of(job, service.position(job).orElse(null));
    }

    private static UUID id(String text) {
        return Ids.require(text, "job");
    }
}
