package dyno.engine.etl;

import dyno.engine.TrialReport;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A dataset as a trial's input: a source for each run. Used by one thread.
final class UsersInput implements Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> {

    private final UsersSource.Dataset dataset;

    /// Of the last run.
    private AtomicLong unknownFields = new AtomicLong();

    UsersInput(UsersSource.Dataset dataset) {
        this.dataset = dataset;
    }

    @Override
    public UsersSource get() {
        unknownFields = new AtomicLong();
        return new UsersSource(dataset, unknownFields);
    }

    /// A report that also says how many fields no user has.
    TrialReport describe(TrialReport report) {
        var metrics = new LinkedHashMap<String, @Nullable Object>(report.metrics());
        metrics.put("unknownFields", unknownFields.get());
        return new TrialReport(report.phases(), metrics, report.warnings(), report.details(), report.input());
    }
}
