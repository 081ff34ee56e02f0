package dyno.job;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dyno.web.Page;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Nodes over HTTP.
@RestController
@RequestMapping(path = "/api/v1/nodes", produces = APPLICATION_JSON_VALUE)
class NodeController {

    private final NodeStore nodes;

    NodeController(NodeStore nodes) {
        this.nodes = nodes;
    }

    @Operation(summary = "Lists nodes by name")
    @GetMapping
    Page<NodeState> list(HttpServletRequest request) {
        QueryParameters.of(request).check();
        return new Page<>(nodes.all(), null);
    }

    @Operation(summary = "Lets a node end what it runs and claim nothing more, also after a restart")
    @PostMapping("/{name}/drain")
    NodeState drain(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return set(name, true);
    }

    @Operation(summary = "Lets a node claim jobs again")
    @PostMapping("/{name}/resume")
    NodeState resume(@PathVariable String name, HttpServletRequest request) {
        QueryParameters.of(request).check();
        return set(name, false);
    }

    private NodeState set(String name, boolean draining) {
        if (!nodes.drain(name, draining)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no node '%s'".formatted(name));
        }
        return nodes.all().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Node '%s' is gone".formatted(name)));
    }
}
