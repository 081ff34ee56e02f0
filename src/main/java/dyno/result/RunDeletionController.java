package dyno.result;

import dyno.web.Ids;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Deleting runs, and bringing them back.
@RestController
@RequestMapping("/api/v1/runs/{id}")
class RunDeletionController {

    private final RunDeletions deletions;

    RunDeletionController(RunDeletions deletions) {
        this.deletions = deletions;
    }

    @Operation(summary = "Deletes a run; it can be brought back until it is purged")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping
    void delete(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        deletions.delete(Ids.require(id, "run"));
    }

    @Operation(summary = "Brings a deleted run back; policies leave it alone from then on")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/restore")
    void restore(@PathVariable String id, HttpServletRequest request) {
        QueryParameters.of(request).check();
        deletions.restore(Ids.require(id, "run"));
    }
}
