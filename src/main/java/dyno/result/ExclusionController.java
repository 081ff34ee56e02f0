package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Takes runs out of history, and puts them back. The run itself does not change.
@RestController
@RequestMapping(path = "/api/v1/runs/{id}/exclusion", produces = APPLICATION_JSON_VALUE)
class ExclusionController {

    private static final int MAX_REASON_CHARACTERS = 200;

    private final ExclusionStore exclusions;

    ExclusionController(ExclusionStore exclusions) {
        this.exclusions = exclusions;
    }

    /// @param reason why the run says nothing about the code
    record Exclusion(UUID runId, String reason) {}

    record ExclusionReason(String reason) {}

    @Operation(summary = "Takes a run out of history, with a reason")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ExclusionReason.class)))
    @PutMapping(consumes = APPLICATION_JSON_VALUE)
    Exclusion exclude(@PathVariable String id, @RequestBody byte[] body, HttpServletRequest request) {
        QueryParameters.of(request).check();
        var fields = new BodyFields(body);
        var given = fields.text("reason", MAX_REASON_CHARACTERS);
        fields.require("reason", given);
        fields.check();
        var reason = Objects.requireNonNull(given);
        var run = Ids.require(id, "run");
        if (!exclusions.exclude(run, reason)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no run " + id);
        }
        return new Exclusion(run, reason);
    }

    @Operation(summary = "Puts a run back into history")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping
    void include(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        if (!exclusions.include(Ids.require(id, "run"))) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "Run %s is not excluded".formatted(id));
        }
    }
}
