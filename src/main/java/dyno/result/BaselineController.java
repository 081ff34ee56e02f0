package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

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
import java.util.Optional;
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

/// Baselines over HTTP.
@RestController
@RequestMapping(path = "/api/v1/baselines", produces = APPLICATION_JSON_VALUE)
class BaselineController {

    private final BaselineStore baselines;

    BaselineController(BaselineStore baselines) {
        this.baselines = baselines;
    }

    @Operation(summary = "Lists baselines by name")
    @GetMapping
    Page<Baseline> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(baselines.all(), null);
    }

    @Operation(summary = "Gives a baseline")
    @GetMapping("/{name}")
    Baseline baseline(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return baselines.require(name);
    }

    @Operation(summary = "Makes a run, or the latest good run with labels, the baseline of that name")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = BaselineChange.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Baseline.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Baseline.class)))
    @PutMapping(path = "/{name}", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Baseline> put(@PathVariable String name, @RequestBody byte[] body, HttpServletRequest request) {
        QueryParameters.of(request).check();
        var given = GivenName.require(name);
        Optional<Boolean> isNew = Optional.empty();
        while (isNew.isEmpty()) {
            // Of a run that was deleted or excluded since it was read, reading it again says so.
            var change = BaselineChange.read(body, baselines);
            isNew = baselines.put(given, change.runId(), change.labels());
        }
        var answer =
                isNew.get() ? ResponseEntity.created(URI.create("/api/v1/baselines/" + given)) : ResponseEntity.ok();
        return answer.body(baselines.require(given));
    }

    @Operation(summary = "Removes a baseline; runs stay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{name}")
    void delete(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        if (!baselines.delete(name)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no baseline " + Shown.value(name));
        }
    }
}
