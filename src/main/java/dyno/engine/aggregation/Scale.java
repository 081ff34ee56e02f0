package dyno.engine.aggregation;

/// Named sizes of generated input: those of the write-up (a whole month, few label sets), and those of the later plan
/// (one day, labels that differ from pod to pod).
public enum Scale {
    SMALL(10, 2, 2, 1),
    MEDIUM(100, 5, 5, 10),
    LARGE(500, 10, 10, 50),
    XLARGE(1_000, 10, 20, 100),
    XXLARGE(2_500, 20, 30, 250),
    PRODUCTION_SMALL(5_000, 25, 40, 500),
    PRODUCTION_MEDIUM(10_000, 30, 50, 1_000),
    PRODUCTION_LARGE(20_000, 40, 100, 2_000),
    PLAN_20K(830, 10),
    PLAN_50K(2_080, 20),
    PLAN_100K(4_160, 40),
    PLAN_250K(10_400, 100),
    PLAN_500K(20_800, 200),
    PLAN_1M(41_600, 400),
    PLAN_1500K(62_400, 600),
    PLAN_2M(83_200, 800);

    // A record of numbers and an enum constant, which cannot change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Shape shape;

    /// What a scale fixes.
    record Shape(
            int pods,
            int namespaces,
            int nodes,
            int days,
            int hoursPerDay,
            int labelCardinality,
            PodLayout layout,
            int volumes) {}

    /// A size of the write-up.
    Scale(int pods, int namespaces, int nodes, int volumes) {
        this.shape = new Shape(pods, namespaces, nodes, 31, 24, 1, PodLayout.SPREAD, volumes);
    }

    /// A size of the plan. Its number of namespaces is that of its nodes.
    Scale(int pods, int nodes) {
        this.shape = new Shape(pods, nodes, nodes, 1, 24, pods, PodLayout.PACKED, 0);
    }

    Shape shape() {
        return shape;
    }
}
