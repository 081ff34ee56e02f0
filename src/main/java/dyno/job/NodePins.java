package dyno.job;

import java.util.Map;
import java.util.TreeMap;

/// The labels by which a job is pinned to a kind of node: those whose keys begin with `node.`.
final class NodePins {

    static final String PREFIX = "node.";

    private NodePins() {}

    /// What a node has to have to run the job: `node.cpus: "2"` asks for `cpus: "2"`.
    static Map<String, String> of(Map<String, String> labels) {
        var pins = new TreeMap<String, String>();
        labels.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                pins.put(key.substring(PREFIX.length()), value);
            }
        });
        return pins;
    }
}
