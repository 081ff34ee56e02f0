package dyno.result;

import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Runs as other tools read them.
@RestController
@RequestMapping("/api/v1/runs")
class RunExportController {

    private final ResultStore store;
    private final JsonMapper json;

    RunExportController(ResultStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    @Operation(
            summary = "Gives a run in the format of another tool",
            description = "Without format the header Accept chooses; JSON is JMH's.")
    @Parameter(name = "format", in = ParameterIn.QUERY, description = "jmh, bmf, csv or openmetrics")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                @Content(mediaType = "application/vnd.bencher.bmf+json", schema = @Schema(type = "object")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/openmetrics-text", schema = @Schema(type = "string"))
            })
    @GetMapping("/{id}/export")
    ResponseEntity<byte[]> export(@PathVariable String id, HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var format = format(query, request);
        query.check();
        var run = store.find(Ids.require(id, "run"), true)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no run " + id));
        if (format == null) {
            throw new ProblemException(
                    ProblemCode.NOT_ACCEPTABLE,
                    "A run can be had as "
                            + Arrays.stream(ExportFormat.values())
                                    .map(one -> one.mediaType().toString())
                                    .collect(Collectors.joining(", ")));
        }
        var body = body(run, format);
        return ResponseEntity.ok()
                .contentType(format.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .eTag(EntityTag.of(body))
                .cacheControl(RunController.A_DAY)
                .body(body);
    }

    /// Null where nothing fits, which is refused by whoever checks the query or asks for a format.
    private static @Nullable ExportFormat format(QueryParameters query, HttpServletRequest request) {
        var word = query.text("format");
        if (word == null) {
            return ExportFormat.accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
                    .orElse(null);
        }
        var format = ExportFormat.ofWord(word);
        if (format.isEmpty()) {
            query.refuse("format", "format is none of jmh, bmf, csv, openmetrics");
        }
        return format.orElse(null);
    }

    private byte[] body(Run run, ExportFormat format) {
        return switch (format) {
            case JMH -> json.writeValueAsBytes(JmhExport.of(run));
            case BMF -> json.writeValueAsBytes(BmfExport.of(run));
            case CSV -> CsvExport.of(run).getBytes(StandardCharsets.UTF_8);
            case OPENMETRICS -> OpenMetricsExport.of(run).getBytes(StandardCharsets.UTF_8);
        };
    }
}
