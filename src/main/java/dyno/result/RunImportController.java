package dyno.result;

import dyno.web.Answer;
import dyno.web.CanonicalJson;
import dyno.web.IdempotencyKeys;
import dyno.web.QueryParameters;
import dyno.web.StrictJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Runs that other tools measured.
@RestController
@RequestMapping(path = "/api/v1/runs", produces = MediaType.APPLICATION_JSON_VALUE)
class RunImportController {

    private static final String PATH = "/api/v1/runs/";
    private static final Pattern FINGERPRINT = Pattern.compile("sha256:[0-9a-f]{64}");

    private final RunImports imports;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    RunImportController(RunImports imports, IdempotencyKeys keys, JsonMapper json) {
        this.imports = imports;
        this.keys = keys;
        this.json = json;
    }

    @Operation(
            summary = "Stores what another tool measured as a run",
            description = "The run is marked as imported, and its engine is imported.")
    @Parameter(name = "format", in = ParameterIn.QUERY, required = true, description = "jmh or bmf")
    @Parameter(name = "startedAt", in = ParameterIn.QUERY, description = "when it was measured; now, if absent")
    @Parameter(name = "label", in = ParameterIn.QUERY, description = "key:value; may be given several times")
    @Parameter(name = "fingerprint", in = ParameterIn.QUERY, description = "of the environment it was measured on")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(description = "the tool's document")))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Run.class)))
    @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> take(
            @RequestBody byte[] body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var format = format(query);
        @Nullable Instant startedAt = query.instant("startedAt");
        var labels = query.labels("label");
        ImportLabels.check(labels, query);
        var fingerprint = query.text("fingerprint");
        if (fingerprint != null && !FINGERPRINT.matcher(fingerprint).matches()) {
            query.refuse("fingerprint", "fingerprint is not sha256: and 64 lower-case hex digits");
        }
        query.check();
        var tree = StrictJson.parse(body);
        var wanted = new RunImports.Wanted(format, startedAt, labels, fingerprint);
        return keys.once(key, "POST /api/v1/runs/import", canonical(wanted, tree), () -> stored(wanted, tree))
                .response();
    }

    private Answer stored(RunImports.Wanted wanted, @Nullable Object tree) {
        var run = imports.store(wanted, tree);
        return new Answer(201, PATH + run.id(), json.writeValueAsString(run));
    }

    /// The query belongs to what a key stands for.
    private static String canonical(RunImports.Wanted wanted, @Nullable Object tree) {
        return "%s %s %s %s %s"
                .formatted(
                        wanted.format(),
                        wanted.startedAt(),
                        CanonicalJson.of(new TreeMap<>(Map.copyOf(wanted.labels()))),
                        wanted.fingerprint(),
                        CanonicalJson.of(tree));
    }

    /// JMH only where the query is refused.
    private static ImportFormat format(QueryParameters query) {
        var word = query.text("format");
        var format = Arrays.stream(ImportFormat.values())
                .filter(one -> one.word().equals(word))
                .findFirst();
        if (format.isEmpty()) {
            query.refuse("format", "format is required, and one of jmh, bmf");
        }
        return format.orElse(ImportFormat.JMH);
    }
}
