package dyno.dataset;

import dyno.catalog.EngineCatalog;
import dyno.dataset.DatasetIntake.Target;
import dyno.engine.DatasetKind;
import dyno.web.Answer;
import dyno.web.Cursor;
import dyno.web.IdempotencyKeys;
import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import dyno.web.Shown;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Datasets over HTTP.
@RestController
@RequestMapping(path = "/api/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    private static final String PATH = "/api/v1/datasets/";

    private final DatasetIntake intake;
    private final DatasetService service;
    private final DatasetChanges changes;
    private final Set<String> kinds;
    private final JsonMapper mapper;

    DatasetController(
            DatasetIntake intake,
            DatasetService service,
            DatasetChanges changes,
            EngineCatalog catalog,
            JsonMapper mapper) {
        this.intake = intake;
        this.service = service;
        this.changes = changes;
        this.kinds = catalog.datasetKinds().keySet();
        this.mapper = mapper;
    }

    @Operation(
            summary = "Stores a new dataset with its first file",
            description = "The body is the file, of any media type but multipart; it is streamed to disk and checked.")
    @Parameter(name = "kind", in = ParameterIn.QUERY, required = true, description = "which engine reads it: marc, …")
    @Parameter(name = "file", in = ParameterIn.QUERY, required = true, description = "what the file is called")
    @RequestBody(content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DatasetView.class)))
    @PutMapping("/{name}")
    ResponseEntity<byte[]> create(
            @PathVariable String name,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        var query = QueryParameters.of(request);
        var kind = kind(query);
        var file = file(query);
        query.check();
        requirePlainBody(request);
        return intake.put(new Target(DatasetNames.requireDataset(name), kind, file, key), request, this::created)
                .response();
    }

    @Operation(
            summary = "Adds a file to a dataset",
            description = "Files are read in bytewise order of their names. The body is as with the first file.")
    @RequestBody(content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DatasetView.class)))
    @PutMapping("/{name}/files/{file}")
    ResponseEntity<byte[]> extend(
            @PathVariable String name,
            @PathVariable String file,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        QueryParameters.of(request).check();
        requirePlainBody(request);
        return intake.put(new Target(name, null, DatasetNames.requireFile(file), key), request, this::created)
                .response();
    }

    @Operation(summary = "Lists datasets, newest first, without their facts")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = "datasets of this kind alone")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 200, by default 50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "nextCursor of the page before")
    @GetMapping
    ResponseEntity<Page<DatasetView>> list(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        var kind = query.text("kind");
        int limit = query.limit();
        var cursor = query.cursor();
        query.check();
        return Page.of(
                        service.list(kind, limit, cursor),
                        limit,
                        dataset -> new Cursor(dataset.createdAt(), dataset.id()))
                .map(DatasetView::inList)
                .answer(request);
    }

    @Operation(summary = "Gives a dataset with its facts")
    @GetMapping("/{name}")
    DatasetView show(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return DatasetView.whole(service.require(name));
    }

    @Operation(summary = "Deletes a dataset that no waiting or running job reads")
    @ApiResponse(responseCode = "204")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        changes.remove(name);
        return ResponseEntity.noContent().build();
    }

    private Answer created(StoredDataset dataset) {
        return new Answer(201, PATH + dataset.name(), mapper.writeValueAsString(DatasetView.whole(dataset)));
    }

    /// Null only where the query is refused.
    private @Nullable DatasetKind kind(QueryParameters query) {
        var text = query.text("kind");
        if (text == null) {
            query.refuse("kind", "kind is required; kinds are " + String.join(", ", kinds));
            return null;
        }
        var kind = intake.kind(text);
        if (kind.isEmpty()) {
            query.refuse("kind", "kind %s is none of %s".formatted(Shown.value(text), String.join(", ", kinds)));
        }
        return kind.orElse(null);
    }

    private static String file(QueryParameters query) {
        var text = query.text("file");
        if (text == null) {
            query.refuse("file", "file is required: what the file is called");
            return "";
        }
        DatasetNames.fileFault(text).ifPresent(fault -> query.refuse("file", fault));
        return text;
    }

    /// What a form or a coding wraps around a file would be stored with it.
    private static void requirePlainBody(HttpServletRequest request) {
        var type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw unsupported("Content-Type " + type);
        }
        var coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw unsupported("Content-Encoding " + coding);
        }
    }

    private static ProblemException unsupported(String found) {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "The request has %s; send the file as it is, as application/octet-stream".formatted(Shown.name(found)));
    }
}
