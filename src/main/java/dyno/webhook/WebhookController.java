package dyno.webhook;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.web.Cursor;
import dyno.web.Ids;
import dyno.web.Page;
import dyno.web.QueryParameters;
import dyno.web.StrictJson;
import dyno.webhook.Delivery.State;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Webhooks over HTTP. No request takes an `Idempotency-Key`: the answer that it would keep holds the
/// secret.
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = APPLICATION_JSON_VALUE)
class WebhookController {

    private static final String PATH = "/api/v1/webhooks/";

    private final WebhookService service;

    WebhookController(WebhookService service) {
        this.service = service;
    }

    /// What a client sends.
    ///
    /// @param url     `http` or `https`, of an allowed host
    /// @param events  by default all
    /// @param labels  that a job has to carry; by default none
    /// @param enabled by default true
    @Schema(name = "WebhookSubmission")
    record Body(
            String name,
            String url,
            @Nullable List<EventType> events,
            @Nullable Map<String, String> labels,
            @Nullable Boolean enabled) {}

    @Operation(summary = "Lists webhooks by name")
    @GetMapping
    Page<WebhookView> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(service.all(), null);
    }

    @Operation(summary = "Gives a webhook, without its secret")
    @GetMapping("/{name}")
    WebhookView show(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return service.require(name);
    }

    @Operation(summary = "Makes a webhook, and shows its secret this once")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @PostMapping(consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<WebhookView> create(
            @org.springframework.web.bind.annotation.RequestBody byte[] body, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return created(service.create(StrictJson.parse(body)));
    }

    @Operation(summary = "Changes a webhook, or makes it and shows its secret this once")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @PutMapping(path = "/{name}", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<WebhookView> put(
            @PathVariable String name,
            @org.springframework.web.bind.annotation.RequestBody byte[] body,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        var webhook = service.put(name, StrictJson.parse(body));
        return webhook.secret() == null ? ResponseEntity.ok(webhook) : created(webhook);
    }

    @Operation(summary = "Deletes a webhook with its deliveries")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{name}")
    void delete(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        service.remove(name);
    }

    @Operation(summary = "Gives a webhook a new secret, and shows it this once")
    @PostMapping("/{name}/secret")
    WebhookView rotate(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return service.rotate(name);
    }

    @Operation(summary = "Sends a ping to a webhook")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/{name}/test")
    Delivery test(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return service.ping(name);
    }

    @Operation(summary = "Lists a webhook's deliveries, newest first")
    @Parameter(name = "state", description = "PENDING, DELIVERED or FAILED")
    @Parameter(name = "limit", description = "1 to 200, 50 by default")
    @Parameter(name = "cursor", description = "nextCursor of the page before")
    @GetMapping("/{name}/deliveries")
    ResponseEntity<Page<Delivery>> deliveries(@PathVariable String name, HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var state = query.word("state", State.class);
        int limit = query.limit();
        var after = query.cursor();
        query.check();
        return Page.of(
                        service.deliveries(name, state, limit, after),
                        limit,
                        delivery -> new Cursor(delivery.createdAt(), delivery.id()))
                .answer(request);
    }

    @Operation(summary = "Sends a delivery again, under its id")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/{name}/deliveries/{id}/redeliver")
    Delivery redeliver(@PathVariable String name, @PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return service.redeliver(name, Ids.require(id, "delivery"));
    }

    private static ResponseEntity<WebhookView> created(WebhookView webhook) {
        return ResponseEntity.created(URI.create(PATH + webhook.name())).body(webhook);
    }
}
