package dyno.result;

import dyno.measurement.Score.Better;
import dyno.web.Cursor;
import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Holds runs against the thresholds. A case beyond one is measured once more, and is an alert where it is
/// beyond it again; history is what there was before the first of the two.
///
/// Safe for any number of threads; whoever calls sees to it that a run comes once, see [UnwatchedRuns].
@Component
class RegressionWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RegressionWatch.class);

    private static final String GRADE_D = "GRADE_D";
    private static final String PARTIAL = "PARTIAL";
    private static final String OTHER_ENVIRONMENT = "OTHER_ENVIRONMENT";
    private static final String OTHER_INPUT = "OTHER_INPUT";
    private static final String NO_SCORE = "NO_SCORE";

    private final ThresholdStore thresholds;
    private final HistoryStore history;
    private final AlertStore alerts;
    private final ResultStore runs;
    private final ObjectProvider<Reruns> reruns;
    private final TransactionTemplate savepoint;

    RegressionWatch(
            ThresholdStore thresholds,
            HistoryStore history,
            AlertStore alerts,
            ResultStore runs,
            ObjectProvider<Reruns> reruns,
            PlatformTransactionManager transactions) {
        this.thresholds = thresholds;
        this.history = history;
        this.alerts = alerts;
        this.runs = runs;
        this.reruns = reruns;
        // A job that is refused must not take the alert with it that says so.
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /// Joins the caller's transaction: that the run was looked at is kept with what comes of it.
    ///
    /// @throws ProblemException `queue-full`, `shutting-down`: these pass
    void watch(Run run) {
        var applying = thresholds.of(run);
        if (applying.isEmpty()) {
            return;
        }
        var suspected = suspected(run);
        if (suspected.isPresent()) {
            judge(suspected.get(), run, applying);
        } else if (!isPoor(run)) {
            var fresh = news(run, applying);
            if (!fresh.isEmpty()) {
                confirm(run, fresh);
            }
        }
    }

    /// What the run is beyond by itself, less what people know already. Smoke runs and partial ones belong to no
    /// series, and are beyond nothing.
    private List<Excess> news(Run run, List<Threshold> applying) {
        return excesses(run, run, applying).values().stream()
                .filter(excess -> !alerts.hasUndismissed(Excess.subjectStart(excess.series())))
                .toList();
    }

    private static boolean isPoor(Run run) {
        return "D".equals(run.quality().grade());
    }

    /// Of what the first run was beyond, the second confirms what it is beyond too: a case that is slow in the
    /// second alone was so once. Where the second cannot tell, what the first said stands, and is said to be
    /// unconfirmed: a regression is not to be lost because of a noisy night.
    private void judge(Run suspected, Run run, List<Threshold> applying) {
        var unfit = whyItCannotTell(suspected, run);
        var again = unfit == null ? excesses(run, suspected, applying) : Map.<String, Excess>of();
        for (var suspicion : news(suspected, applying)) {
            var mute = unfit == null ? whyItsCaseCannotTell(run, suspicion) : unfit;
            var confirmed = again.get(suspicion.series().caseName());
            if (mute != null) {
                alerts.raise(suspicion.alert(suspected.id(), suspected.id(), mute));
                LOG.info("run {} cannot confirm {} of run {}: {}", run.id(), suspicion.series(), suspected.id(), mute);
            } else if (confirmed != null) {
                alerts.raise(confirmed.alert(suspected.id(), run.id(), null));
                LOG.info("run {} confirms {} of run {}", run.id(), suspicion.series(), suspected.id());
            }
        }
    }

    private static @Nullable String whyItCannotTell(Run suspected, Run run) {
        if (isPoor(run)) {
            return GRADE_D;
        }
        if (run.partial()) {
            return PARTIAL;
        }
        return run.environment().fingerprint().equals(suspected.environment().fingerprint()) ? null : OTHER_ENVIRONMENT;
    }

    private @Nullable String whyItsCaseCannotTell(Run run, Excess suspicion) {
        var series = suspicion.series();
        var second = history.series(run.id(), series.caseName(), series.labels());
        if (second.isEmpty()) {
            return NO_SCORE;
        }
        return second.get().key().equals(series.key()) ? null : OTHER_INPUT;
    }

    /// The run that this one was measured to confirm.
    private Optional<Run> suspected(Run run) {
        return Optional.ofNullable(run.labels().get(Reruns.CONFIRMS))
                .flatMap(Ids::parse)
                .flatMap(id -> runs.find(id, false))
                .filter(first -> first.engine().equals(run.engine()));
    }

    private void confirm(Run run, List<Excess> excesses) {
        var unconfirmed = rerun(run);
        unconfirmed.ifPresent(
                reason -> excesses.forEach(excess -> alerts.raise(excess.alert(run.id(), run.id(), reason))));
    }

    /// @return why it is not measured again; empty where it is
    /// @throws ProblemException for what passes: the run is looked at again later
    private Optional<String> rerun(Run run) {
        if (run.imported()) {
            return Optional.of("IMPORTED");
        }
        var queue = reruns.getIfAvailable();
        if (queue == null) {
            return Optional.of("NO_QUEUE");
        }
        try {
            if (!queue.isRepeatable(run)) {
                // What it left behind would be there twice.
                return Optional.of("MEASURED_ONCE");
            }
            var job = savepoint.execute(status -> queue.rerun(run));
            LOG.info("run {} is beyond a threshold; job {} measures it again", run.id(), job);
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.QUEUE_FULL || e.code() == ProblemCode.SHUTTING_DOWN) {
                throw e;
            }
            LOG.warn(
                    "run {} is beyond a threshold and cannot be measured again: {} {}",
                    run.id(),
                    e.getMessage(),
                    e.violations());
            return Optional.of(e.code().name());
        }
    }

    /// Of each case the first threshold that it is beyond, by the case's name.
    private Map<String, Excess> excesses(Run run, Run first, List<Threshold> applying) {
        var found = new LinkedHashMap<String, Excess>();
        for (var threshold : applying) {
            for (var result : run.cases()) {
                if (threshold.concerns(result.name()) && !found.containsKey(result.name())) {
                    excess(run, first, threshold, result).ifPresent(excess -> found.put(result.name(), excess));
                }
            }
        }
        return found;
    }

    private Optional<Excess> excess(Run run, Run first, Threshold threshold, CaseResult result) {
        var score = result.score();
        if (score == null || score.value() == null) {
            return Optional.empty();
        }
        double value = score.value();
        return history.series(run.id(), result.name(), sameJob(run, threshold)).flatMap(series -> {
            var before = new Cursor(first.startedAt(), first.id());
            var scores = history.before(series, before, threshold.window()).stream()
                    .mapToDouble(HistoryPoint::score)
                    .toArray();
            if (scores.length < threshold.minSamples()) {
                return Optional.empty();
            }
            return threshold
                    .boundary()
                    .around(scores)
                    .filter(boundary ->
                            series.better() == Better.HIGHER ? value < boundary.low() : value > boundary.high())
                    .map(boundary -> new Excess(series, threshold, value, boundary, scores.length));
        });
    }

    /// Jobs of a suite may have equal cases; each has a history of its own.
    private static Map<String, String> sameJob(Run run, Threshold threshold) {
        var labels = new LinkedHashMap<>(threshold.labels());
        labels.putAll(SameJob.labels(run));
        return labels;
    }
}
