package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Runs trials as a fork does, for tests.
final class Trials {

    private static final Path CACHE = TestFolders.fresh("aggregation-cache");

    private Trials() {}

    /// What came of a trial.
    record Outcome(Verification verification, TrialReport report) {

        Object metric(String name) {
            return report.metrics().get(name);
        }
    }

    static TrialContext context(Cancellation cancellation, Map<String, String> secrets) {
        return context(cancellation, secrets, Map.of());
    }

    static TrialContext context(Cancellation cancellation, Map<String, String> secrets, Map<String, Path> datasets) {
        return new TrialContext(
                TestFolders.fresh("aggregation-scratch"),
                CACHE,
                Binding.MACHINE,
                cancellation,
                0,
                Depth.FULL,
                datasets,
                secrets,
                UUID.randomUUID(),
                1);
    }

    static Map<String, String> secrets(TestDatabase.Address database) {
        return Map.of(
                "database.url", database.jdbcUrl(),
                "database.user", database.user(),
                "database.password", database.password());
    }

    /// By any strategy, DuckDB's too.
    static Result aggregate(Inputs input, Map<String, Object> fields) throws Exception {
        var workload = input.workload(fields);
        if (workload.strategy() != Strategy.DUCKDB) {
            return input.aggregate(workload);
        }
        try (var duck = new DuckStrategy(
                workload,
                InputTables.below(input.folder()),
                context(Cancellation.NONE, Map.of()),
                AggregationSettings.DEFAULT.textCacheBytes())) {
            return duck.run();
        }
    }

    static Outcome run(AggregationWorkload workload) throws Exception {
        return run(workload, context(Cancellation.NONE, Map.of()));
    }

    static Outcome run(AggregationWorkload workload, TrialContext context) throws Exception {
        try (Trial trial = new AggregationEngine().prepare(workload, context)) {
            trial.invoke();
            trial.reset();
            trial.measuringStarts();
            trial.invoke();
            trial.reset();
            var verification = trial.verify();
            return new Outcome(verification, trial.report());
        }
    }
}
