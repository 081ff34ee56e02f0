package dyno.result;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.web.Cursor;
import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Environments that runs were taken on.
@RestController
@RequestMapping(path = "/api/v1/environments", produces = APPLICATION_JSON_VALUE)
class EnvironmentController {

    private final RunLists lists;

    EnvironmentController(RunLists lists) {
        this.lists = lists;
    }

    @Operation(summary = "Lists environments, the one seen last for the first time first")
    @Parameter(name = "limit", description = "1 to 200, 50 by default")
    @Parameter(name = "cursor", description = "nextCursor of the page before")
    @GetMapping
    ResponseEntity<Page<SeenEnvironment>> list(HttpServletRequest request) {
        var query = QueryParameters.of(request);
        int limit = query.limit();
        var after = query.cursor();
        query.check();
        return Page.of(lists.environments(limit, after), limit, seen -> new Cursor(seen.firstSeenAt(), seen.id()))
                .answer(request);
    }

    @Operation(summary = "Gives the facts behind a fingerprint")
    @GetMapping("/{fingerprint}")
    SeenEnvironment environment(@PathVariable String fingerprint, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return lists.environment(fingerprint)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no environment " + fingerprint));
    }
}
