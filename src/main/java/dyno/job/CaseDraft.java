package dyno.job;

import dyno.job.JobSpec.Variant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One case of a submission before its workload is bound.
///
/// @param name         as clients see it
/// @param variantIndex in the submission; -1 where it names no variants
/// @param variant      the case's variant; the unnamed one where the submission has none
/// @param choice       which value of each matrix key the case has
/// @param workload     job, variant and matrix merged; no defaults yet
record CaseDraft(
        String name,
        int variantIndex,
        Variant variant,
        Map<String, Integer> choice,
        Map<String, @Nullable Object> workload) {}
