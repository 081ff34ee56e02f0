package dyno.job;

import dyno.engine.Dataset;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Looks up the datasets that the cases of one submission name, each once. Used by one thread.
final class NamedDatasets {

    private final Origin origin;
    private final Function<String, Optional<Dataset>> datasets;
    private final Map<String, Optional<Dataset>> found = new HashMap<>();
    private final LinkedHashSet<Violation> missing = new LinkedHashSet<>();

    NamedDatasets(JobSpec spec, Function<String, Optional<Dataset>> datasets) {
        this.origin = new Origin(spec);
        this.datasets = datasets;
    }

    /// The cases with their datasets.
    ///
    /// @throws ProblemException `unknown-dataset` with every place that names one which is not there
    List<BoundCase<?>> in(List<BoundCase<?>> cases) {
        var complete = new ArrayList<BoundCase<?>>();
        cases.forEach(boundCase -> complete.add(lookUp(boundCase)));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_DATASET, missing.getFirst().message(), List.copyOf(missing));
        }
        return complete;
    }

    private BoundCase<?> lookUp(BoundCase<?> boundCase) {
        var use = boundCase.use();
        if (use.isEmpty()) {
            return boundCase;
        }
        var dataset = found.computeIfAbsent(use.get().name(), datasets);
        if (dataset.isPresent()) {
            return boundCase.with(dataset.get());
        }
        missing.add(new Violation(
                origin.pointer(boundCase.draft(), use.get().field()),
                origin.prefix(boundCase.draft()) + "there is no dataset "
                        + Shown.value(use.get().name())));
        return boundCase;
    }
}
