package dyno.job;

import dyno.environment.EnvironmentProbe;
import java.util.Map;
import java.util.TreeMap;

/// What a node says of itself when it joins.
///
/// @param home   where its data folder is, as far as that tells two folders apart
/// @param labels what jobs can be pinned to: `name`, `cpus`, `fingerprint` and what its operator gave it
record NodeFacts(String name, String home, int cpus, String fingerprint, Map<String, String> labels) {

    /// @param given by the operator; what the node knows of itself cannot be overruled
    static NodeFacts of(String name, String home, EnvironmentProbe environment, Map<String, String> given) {
        int cpus = environment.machine().processors();
        var fingerprint = environment.probe().fingerprint();
        var labels = new TreeMap<>(given);
        labels.put("name", name);
        labels.put("cpus", Integer.toString(cpus));
        labels.put("fingerprint", fingerprint);
        return new NodeFacts(name, home, cpus, fingerprint, labels);
    }
}
