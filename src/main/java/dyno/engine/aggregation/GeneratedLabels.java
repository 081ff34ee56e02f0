package dyno.engine.aggregation;

/// The label texts of generated input. Immutable.
final class GeneratedLabels {

    private static final String[] TIERS = {"frontend", "backend", "data"};
    private static final String[] STAGES = {"prod", "stage", "dev"};

    private final Generate generate;
    private final Population population;

    GeneratedLabels(Generate generate, Population population) {
        this.generate = generate;
        this.population = population;
    }

    String pod(int pod) {
        int namespace = population.namespace(pod);
        var text = new Text(generate.labelFormat() == LabelFormat.PIPE
                || (generate.labelFormat() == LabelFormat.MIXED && pod % 2 == 1));
        text.add("app", app(namespace))
                .add("tier", TIERS[namespace % 3])
                .add("pod", Population.podName(pod % generate.labelCardinality()))
                .add("pod-template-hash", Population.hex(population.draws().bits(1, pod, 0)))
                .add("release", "r-" + Population.padded(pod % 16, 2))
                .add("namespace", Population.namespaceName(namespace));
        if (namespace % 4 == 0) {
            text.add("environment", "canary");
        }
        return text.end();
    }

    String node(int node) {
        var name = Population.nodeName(node);
        return new Text(false)
                .add("node", name)
                .add("nodeclass", node % 2 == 0 ? "standard" : "highmem")
                .add("node_role_kubernetes_io", population.role(node))
                .add("environment", "base")
                .add("kubernetes_io_hostname", name)
                .end();
    }

    static String namespace(int namespace, int day, int hour) {
        return new Text(false)
                .add("team", "team-" + Population.padded(namespace % 8, 2))
                .add("openshift_project", Population.namespaceName(namespace))
                .add("environment", STAGES[namespace % 3])
                .add("version", day == 0 && hour < 12 ? "v0" : "v" + (1 + day / 7))
                .end();
    }

    static String volume(int claim) {
        return new Text(false)
                .add("storageclass", GeneratedClaims.storageClass(claim))
                .end();
    }

    static String claim(int namespace) {
        return new Text(false)
                .add("app", app(namespace))
                .add("tier", TIERS[(namespace + 1) % 3])
                .end();
    }

    private static String app(int namespace) {
        return "app-" + Population.padded(namespace % 40, 2);
    }

    /// A label text in the making. Keys and values need no escapes.
    private static final class Text {

        private final boolean isPipe;
        private final StringBuilder text = new StringBuilder();

        Text(boolean isPipe) {
            this.isPipe = isPipe;
        }

        Text add(String key, String value) {
            if (isPipe) {
                text.append(text.isEmpty() ? "" : "|")
                        .append("label_")
                        .append(key)
                        .append(':')
                        .append(value);
            } else {
                text.append(text.isEmpty() ? "{\"" : ",\"")
                        .append(key)
                        .append("\":\"")
                        .append(value)
                        .append('"');
            }
            return this;
        }

        String end() {
            return isPipe ? text.toString() : text.append('}').toString();
        }
    }
}
