package dyno.job;

import dyno.job.JobSpec.Variant;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Expands a submission into its cases: variants in order, and within each the cross product of the matrix, the
/// last key turning fastest.
final class Expansion {

    static final int MAX_CASES = 256;

    private static final Variant ONLY = new Variant(CaseName.DEFAULT_VARIANT, Map.of(), Set.of());

    private Expansion() {}

    /// @throws ProblemException `too-many-cases`; `invalid-request` where two cases would have one name
    static List<CaseDraft> of(JobSpec spec) {
        requireFewEnough(spec);
        var choices = choices(spec.matrix());
        var drafts = new ArrayList<CaseDraft>();
        if (spec.variants().isEmpty()) {
            choices.forEach(choice -> drafts.add(draft(spec, -1, ONLY, choice)));
        }
        for (int i = 0; i < spec.variants().size(); i++) {
            for (var choice : choices) {
                drafts.add(draft(spec, i, spec.variants().get(i), choice));
            }
        }
        requireNamesApart(drafts);
        return drafts;
    }

    private static void requireFewEnough(JobSpec spec) {
        long cases = Math.max(1, spec.variants().size());
        for (var values : spec.matrix().values()) {
            // At most 64 variants and then 256 values a key: leaving at the first excess keeps this far from overflow.
            cases *= values.size();
            if (cases > MAX_CASES) {
                var detail = "The job has at least %d cases, more than %d".formatted(cases, MAX_CASES);
                throw new ProblemException(
                        ProblemCode.TOO_MANY_CASES, detail, List.of(new Violation("/matrix", detail)));
            }
        }
    }

    private static List<Map<String, Integer>> choices(Map<String, List<@Nullable Object>> matrix) {
        var choices = List.<Map<String, Integer>>of(Map.of());
        for (var key : matrix.entrySet()) {
            var longer = new ArrayList<Map<String, Integer>>();
            for (var choice : choices) {
                for (int i = 0; i < key.getValue().size(); i++) {
                    var next = new LinkedHashMap<>(choice);
                    next.put(key.getKey(), i);
                    longer.add(next);
                }
            }
            choices = longer;
        }
        return choices;
    }

    private static CaseDraft draft(JobSpec spec, int index, Variant variant, Map<String, Integer> choice) {
        // The job's own workload is merged into nothing, so that nested nulls in it are treated as a variant's.
        var workload = Merge.deep(Merge.deep(Map.of(), spec.workload()), variant.workload());
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var key : choice.entrySet()) {
            var value = spec.matrix().getOrDefault(key.getKey(), List.of()).get(key.getValue());
            values.put(key.getKey(), value);
            workload = Merge.at(workload, key.getKey(), value);
        }
        return new CaseDraft(CaseName.of(variant.name(), values), index, variant, choice, workload);
    }

    /// Values that hold commas and equals signs can spell the same name in two ways.
    private static void requireNamesApart(List<CaseDraft> drafts) {
        var names = new HashSet<String>();
        for (var draft : drafts) {
            if (!names.add(draft.name())) {
                var detail = "Two cases would be called '%s'".formatted(draft.name());
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST, detail, List.of(new Violation("/matrix", detail)));
            }
        }
    }
}
