package dyno.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a job came out.
///
/// @param name the job's name in its suite, or its engine
/// @param job  as the service tells of it
/// @param run  the stored run; a missing node where none was stored
record JobResult(String name, JsonNode job, JsonNode run) {

    boolean isFine() {
        return job.path("state").stringValue("").equals("SUCCEEDED");
    }

    /// For programs: `{name, job, run}`, `run` null where none was stored.
    ObjectNode tree() {
        var tree = Json.object();
        tree.put("name", name);
        tree.set("job", job);
        tree.set("run", run.isMissingNode() ? tree.nullNode() : run);
        return tree;
    }
}
