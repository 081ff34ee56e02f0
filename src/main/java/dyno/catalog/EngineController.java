package dyno.catalog;

import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import dyno.web.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows what can be measured.
@RestController
@RequestMapping(path = "/api/v1/engines", produces = MediaType.APPLICATION_JSON_VALUE)
final class EngineController {

    private final EngineCatalog catalog;

    EngineController(EngineCatalog catalog) {
        this.catalog = catalog;
    }

    /// All engines, on one page.
    @GetMapping
    Page<EngineView> all(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(catalog.entries().stream().map(EngineView::of).toList(), null);
    }

    @GetMapping("/{engine}")
    EngineView one(@PathVariable String engine, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return catalog.find(engine).map(EngineView::of).orElseThrow(() -> unknown(engine));
    }

    private ProblemException unknown(String engine) {
        var known = catalog.entries().stream().map(entry -> entry.engine().id()).collect(Collectors.joining(", "));
        return new ProblemException(
                ProblemCode.UNKNOWN_ENGINE,
                "There is no engine %s; engines are %s".formatted(Shown.value(engine), known));
    }
}
