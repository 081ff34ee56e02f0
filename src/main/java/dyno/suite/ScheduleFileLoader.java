package dyno.suite;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the file's schedules into the table, those whose names are not there yet.
final class ScheduleFileLoader {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFileLoader.class);

    private ScheduleFileLoader() {}

    /// A schedule of a suite that this service does not have is left out: its operator has suites of
    /// their own.
    ///
    /// @param schedules takes a schedule, or throws what is wrong with it
    /// @throws SuiteFileException at the first schedule that is wrong
    static void load(SchedulesFile file, Consumer<@Nullable Object> schedules) {
        var trees = file.trees();
        for (int i = 0; i < trees.size(); i++) {
            try {
                schedules.accept(trees.get(i));
            } catch (ProblemException e) {
                if (e.code() != ProblemCode.UNKNOWN_SUITE) {
                    throw fault(file, i, e);
                }
                LOG.warn("a schedule of the file is left out: {}", e.getMessage());
            }
        }
    }

    private static SuiteFileException fault(SchedulesFile file, int index, ProblemException refusal) {
        var first = refusal.violations().stream()
                .findFirst()
                .orElseGet(() -> new Violation("", String.valueOf(refusal.getMessage())));
        var fault = file.fault(index, first.pointer(), first.message());
        fault.initCause(refusal);
        return fault;
    }
}
