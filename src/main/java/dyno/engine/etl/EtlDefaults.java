package dyno.engine.etl;

import dyno.engine.Given;
import dyno.engine.etl.EtlWorkload.Generation;
import dyno.engine.etl.EtlWorkload.Profile;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.SinkKind;
import java.util.HashMap;
import java.util.Map;

/// What a profile sets where the request is silent.
///
/// @param batchTimeoutMillis age at which a partial batch is loaded
record EtlDefaults(
        RecordShape recordShape,
        Generation generation,
        int batchSize,
        int workers,
        int batchTimeoutMillis,
        long records,
        SinkKind sink) {

    /// More records than any dataset has lines.
    static final long ALL = 1_000_000_000;

    private static final int SOON = 100;

    static EtlDefaults of(Profile profile) {
        return switch (profile) {
            case ORIGINAL ->
                new EtlDefaults(RecordShape.ORIGINAL, Generation.SINGLE, 500, 8, 120_000, 5_000, SinkKind.COUNT);
            case LEVEL_1 -> optimised(Generation.SINGLE, 100, 4, 30_000, 5_000, SinkKind.COUNT);
            case LEVEL_2 -> optimised(Generation.SINGLE, 128, 4, SOON, 5_000, SinkKind.COUNT);
            case LEVEL_3 -> optimised(Generation.BATCHED, 128, 4, SOON, 5_000, SinkKind.COUNT);
            case MEMORY_ONLY -> optimised(Generation.BATCHED, 128, 4, SOON, 1_000_000, SinkKind.COUNT);
            case LIGHT -> optimised(Generation.BATCHED, 64, 3, SOON, 1_000_000, SinkKind.COUNT);
            case HEAVY -> optimised(Generation.BATCHED, 256, 6, SOON, 200_000, SinkKind.COUNT);
            case NETWORK -> optimised(Generation.BATCHED, 500, 8, SOON, 200_000, SinkKind.HTTP);
            case DATABASE -> optimised(Generation.BATCHED, 1_000, 4, SOON, 200_000, SinkKind.POSTGRES);
        };
    }

    private static EtlDefaults optimised(
            Generation generation, int batchSize, int workers, int timeoutMillis, long records, SinkKind sink) {
        return new EtlDefaults(RecordShape.OPTIMISED, generation, batchSize, workers, timeoutMillis, records, sink);
    }

    static Map<String, Object> computed(Given given) {
        var profile = of(Profile.valueOf(given.text("profile")));
        boolean isDataset = given.has("input");
        var defaults = new HashMap<String, Object>();
        defaults.put("recordShape", isDataset ? RecordShape.ORIGINAL : profile.recordShape());
        defaults.put("generation", isDataset ? Generation.SINGLE : profile.generation());
        defaults.put("batchSize", (long) profile.batchSize());
        defaults.put("workers", (long) profile.workers());
        defaults.put("batchTimeoutMillis", (long) profile.batchTimeoutMillis());
        defaults.put("records", isDataset ? ALL : profile.records());
        defaults.put("sink", isDataset && given.has("target") ? SinkKind.POSTGRES : profile.sink());
        return defaults;
    }
}
