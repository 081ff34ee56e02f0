package dyno.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that can be put on the dynamometer: a package of its own and a line in the catalog.
///
/// Implementations are stateless and safe for any number of threads; state lives in their trials.
///
/// @param <W> the record that describes what to do
public interface Engine<W extends Workload> {

    /// Lower-case word that names the engine in URLs, columns and labels: `generator`.
    String id();

    /// A few words for headings.
    String title();

    /// One or two sentences: which question the engine answers.
    String description();

    Class<W> workloadType();

    /// A workload as a client would write it; valid, and small enough to be measured within seconds.
    Map<String, Object> example();

    /// The unit of the engine's scores, shown where no workload is at hand.
    ScoreUnit scoreUnit();

    /// The unit of this workload's score, where a strategy measures another thing.
    default ScoreUnit scoreUnit(W workload) {
        return scoreUnit();
    }

    /// Defaults that depend on the machine or on other fields, by dotted path; asked for all at once, used
    /// where the client gave nothing. Bounds and types of what was given hold already, contradictions may not.
    default Map<String, Object> computedDefaults(Given given, Machine machine) {
        return Map.of();
    }

    /// Adds everything that bounds and types cannot say. All of it, not the first.
    default void contradictions(W workload, Given given, Contradictions found) {}

    /// Warnings that are known at submission.
    default List<Warning> warnings(W workload, Given given, Machine machine) {
        return List.of();
    }

    Estimate estimate(W workload, Machine machine);

    /// The kind of dataset that workloads of this engine may name. Empty: none.
    default Optional<DatasetKind> datasetKind() {
        return Optional.empty();
    }

    /// The dataset that the workload names. The service sees to it that it is there, is of [#datasetKind], stays as
    /// it is while the job waits and runs, and stands in [TrialContext#datasets].
    default Optional<DatasetUse> dataset(W workload) {
        return Optional.empty();
    }

    /// Adds what only the named dataset says, besides [#contradictions].
    default void contradictions(W workload, Given given, Dataset dataset, Contradictions found) {}

    /// Takes the place of [#estimate(Workload, Machine)] where the workload names a dataset.
    default Estimate estimate(W workload, Machine machine, Dataset dataset) {
        return estimate(workload, machine);
    }

    /// False where the work has an effect that stays and that a repetition would change: such a job is
    /// measured with one fork, one iteration and no warm-up.
    default boolean isRepeatable(W workload) {
        return true;
    }

    /// Cases of one job with the same key must have the same digest. Empty: agrees with nobody.
    default Optional<String> agreementKey(W workload) {
        return Optional.empty();
    }

    /// The databases that a workload needs: name to dotted path of the field that asks for it. For each name the
    /// trial's secrets hold `<name>.url`, `<name>.user` and `<name>.password`.
    ///
    /// [Databases#SERVICE] is the service's own; `target.<name>` one that the operator configured. A workload that
    /// names one which is not there is a contradiction, found by the service.
    default Map<String, String> databases(W workload) {
        return Map.of();
    }

    /// What trials of a workload have to know of the operator's settings, by name: the service's engine was
    /// told them, that of a fork was not. Joined to the trial's secrets, so nobody else sees any of it, and
    /// nothing that a fork says holds one of the values.
    default Map<String, String> secrets(W workload) {
        return Map.of();
    }

    /// Metrics that cases share, by name with the key: cases of one job with the same key must have the same value,
    /// or their output is wrong.
    default Map<String, String> agreeingMetrics(W workload) {
        return Map.of();
    }

    /// Makes the input and everything the timed region needs. Not timed.
    ///
    /// @throws EngineException      where the input or the machine does not allow it
    /// @throws InterruptedException when the thread is interrupted
    Trial prepare(W workload, TrialContext context) throws IOException, InterruptedException;

    /// Adds the metrics that only the whole job knows: shares, speed-ups, efficiencies.
    default void relate(List<JobCase<W>> cases) {}
}
