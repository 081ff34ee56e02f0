package dyno.engine.aggregation;

/// The storage of generated input: claim k belongs to pod 10·k, each twentieth to the two pods after it as well.
/// Immutable.
final class GeneratedClaims {

    private static final int SHARED_EVERY = 20;
    private static final int SHARED_BY = 3;

    private final Generate generate;
    private final Population population;

    GeneratedClaims(Generate generate, Population population) {
        this.generate = generate;
        this.population = population;
    }

    static int owners(int claim) {
        return claim % SHARED_EVERY == SHARED_EVERY - 1 ? SHARED_BY : 1;
    }

    /// Rows that all claims have in one hour.
    long rowsPerHour() {
        long shared = generate.volumes() / SHARED_EVERY;
        return generate.volumes() + shared * (SHARED_BY - 1);
    }

    int pod(int claim, int owner) {
        return (int) ((10L * claim + owner) % generate.podCount());
    }

    static String storageClass(int claim) {
        return claim % 2 == 0 ? "gp3" : "io2";
    }

    String handle(int claim) {
        return "vol-" + Population.hex(population.draws().bits(15, claim, 0));
    }

    long bytes(int claim) {
        return (1L + population.draws().below(13, claim, 0, 100)) << 30;
    }

    double usedByteSeconds(int claim, int hour) {
        long used = bytes(claim) * population.draws().below(14, claim, hour, 1001) / 1000;
        return used * 3600.0;
    }
}
