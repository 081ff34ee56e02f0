package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.APPLICATION_OCTET_STREAM;
import static org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.result.CaseResult.Artifact;
import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Files that engines were told to keep and profiles, for as long as they are kept.
@RestController
@RequestMapping("/api/v1/runs/{id}/artifacts")
class ArtifactController {

    /// A flame graph draws itself by the script that it holds, and needs nothing else: not even this
    /// origin.
    private static final String PAGE_POLICY =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

    private final ResultStore store;
    private final Path root;

    ArtifactController(ResultStore store, @Value("${dyno.data}") Path data) {
        this.store = store;
        this.root = KeptFiles.root(data.toAbsolutePath());
    }

    /// A kept file.
    ///
    /// @param available whether it is still there
    record KeptArtifact(
            @JsonProperty("case") String caseName, String name, long bytes, String sha256, boolean available) {}

    /// All of a run.
    record KeptArtifacts(List<KeptArtifact> items) {}

    @Operation(summary = "Lists the files that a run's engine was told to keep")
    @GetMapping(produces = APPLICATION_JSON_VALUE)
    KeptArtifacts list(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        var run = run(id);
        var items = new ArrayList<KeptArtifact>();
        for (var one : run.cases()) {
            for (var artifact : one.artifacts()) {
                var file = file(run, one, artifact);
                items.add(new KeptArtifact(
                        one.name(), artifact.name(), artifact.bytes(), artifact.sha256(), Files.isRegularFile(file)));
            }
        }
        return new KeptArtifacts(List.copyOf(items));
    }

    /// Parts of it where the request asks for ranges.
    @Operation(summary = "Gives a file that a run's engine was told to keep; case and name percent-encoded")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/{caseName}/{name}")
    ResponseEntity<Resource> file(
            @PathVariable String id,
            @PathVariable String caseName,
            @PathVariable String name,
            HttpServletRequest request) {
        QueryParameters.of(request).check();
        var run = run(id);
        // Only what the run lists is looked for on the disk, so that no path leads anywhere else.
        var one = run.cases().stream()
                .filter(result -> result.name().equals(caseName))
                .findFirst()
                .orElseThrow(() -> missing("Run %s has no case %s".formatted(id, caseName)));
        var artifact = one.artifacts().stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing("Case %s kept no file %s".formatted(caseName, name)));
        var file = file(run, one, artifact);
        if (!Files.isRegularFile(file)) {
            throw missing("%s of case %s is not kept any more, or on another node".formatted(name, caseName));
        }
        boolean isPage = name.equals(CaseResult.FLAME_GRAPH);
        var disposition = isPage ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(isPage ? MediaType.TEXT_HTML : APPLICATION_OCTET_STREAM)
                .eTag('"' + artifact.sha256() + '"')
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition.filename(name).build().toString())
                .headers(headers -> {
                    if (isPage) {
                        headers.set("Content-Security-Policy", PAGE_POLICY);
                    }
                })
                .body(new FileSystemResource(file));
    }

    private Run run(String id) {
        return store.find(Ids.require(id, "run"), false).orElseThrow(() -> missing("There is no run " + id));
    }

    /// Of a job of ours: imported runs list no file.
    private Path file(Run run, CaseResult one, Artifact artifact) {
        return KeptFiles.of(root, Objects.requireNonNull(run.jobId()), one.name())
                .resolve(artifact.name());
    }

    private static ProblemException missing(String detail) {
        return new ProblemException(ProblemCode.NOT_FOUND, detail);
    }
}
