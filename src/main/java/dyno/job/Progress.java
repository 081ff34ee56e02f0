package dyno.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.measurement.Stage;
import org.jspecify.annotations.Nullable;

/// How far a running job is.
///
/// @param caseIndex  the case that is being measured, 0-based in the order of the job
/// @param cases      cases of the job
/// @param fork       0-based among the forks of a case
/// @param forks      forks of a case
/// @param stage      what the fork is at
/// @param iteration  0-based among the iterations of the stage; 0 in stages without
/// @param iterations iterations of the stage; 0 in stages without
/// @param fraction   share of the job that is done, 0 … 1, by the estimate of its work
/// @param etaSeconds seconds until the end at the pace so far; null until a first piece is done
public record Progress(
        @JsonProperty("case") int caseIndex,
        int cases,
        int fork,
        int forks,
        Stage stage,
        int iteration,
        int iterations,
        double fraction,
        @Nullable Long etaSeconds) {}
