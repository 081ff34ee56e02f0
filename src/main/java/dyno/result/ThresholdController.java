package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.catalog.EngineCatalog;
import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import dyno.web.Shown;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Thresholds over HTTP.
@RestController
@RequestMapping(path = "/api/v1/thresholds", produces = APPLICATION_JSON_VALUE)
class ThresholdController {

    private final ThresholdStore thresholds;
    private final EngineCatalog catalog;

    ThresholdController(ThresholdStore thresholds, EngineCatalog catalog) {
        this.thresholds = thresholds;
        this.catalog = catalog;
    }

    @Operation(summary = "Lists thresholds by name")
    @GetMapping
    Page<Threshold> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(thresholds.all(), null);
    }

    @Operation(summary = "Gives a threshold")
    @GetMapping("/{name}")
    Threshold threshold(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return thresholds.require(name);
    }

    @Operation(summary = "Says how much worse than its history a case may become")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ThresholdChange.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Threshold.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Threshold.class)))
    @PutMapping(path = "/{name}", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Threshold> put(@PathVariable String name, @RequestBody byte[] body, HttpServletRequest request) {
        QueryParameters.of(request).check();
        var given = GivenName.require(name);
        boolean isNew = thresholds.put(given, ThresholdChange.read(body, catalog));
        var answer = isNew ? ResponseEntity.created(URI.create("/api/v1/thresholds/" + given)) : ResponseEntity.ok();
        return answer.body(thresholds.require(given));
    }

    @Operation(summary = "Removes a threshold; alerts stay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{name}")
    void delete(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        if (!thresholds.delete(name)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no threshold " + Shown.value(name));
        }
    }
}
