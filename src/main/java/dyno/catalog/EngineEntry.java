package dyno.catalog;

import dyno.engine.Engine;
import dyno.engine.JobCase.Totals;
import dyno.engine.Machine;
import dyno.engine.Metrics;
import dyno.engine.Workload;
import dyno.web.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One engine with what derives from its workload's fields. Immutable.
///
/// Trees are what a JSON parser gives: `Map`, `List`, `String`, `Boolean`, `Long`, `BigInteger` for integers
/// beyond 64 bits, `Double` for numbers with a fraction or an exponent, and null.
public final class EngineEntry<W extends Workload> {

    private final Engine<W> engine;

    private EngineEntry(Engine<W> engine) {
        this.engine = engine;
    }

    static <W extends Workload> EngineEntry<W> of(Engine<W> engine) {
        return new EngineEntry<>(engine);
    }

    public Engine<W> engine() {
        return engine;
    }

    /// Checks names, types and bounds of a partial workload (fields may be missing, null removes).
    ///
    /// @param tree    what stands at `pointer`
    /// @param pointer where it stands in the request: `/variants/0/workload`
    /// @return all violations, in the order of the tree
    public List<Violation> check(@Nullable Object tree, String pointer) {
        throw new UnsupportedOperationException();
    }

    /// Checks one value of a matrix key, a field or a dotted path.
    ///
    /// @return the violations; one that names the key where there is no such field
    public List<Violation> checkValue(String path, @Nullable Object value, String pointer) {
        throw new UnsupportedOperationException();
    }

    /// Whether `path` names a field, nested ones by dots.
    public boolean hasField(String path) {
        throw new UnsupportedOperationException();
    }

    /// Fills in every default and makes the record.
    ///
    /// @param merged what job, variant and matrix gave; types and bounds were checked
    /// @throws IncompleteWorkloadException where a required field is missing
    public BoundWorkload<W> bind(Map<String, @Nullable Object> merged, Machine machine) {
        throw new UnsupportedOperationException();
    }

    /// Fills in what can be filled in without knowing variants and matrix: for showing a submission.
    public Map<String, @Nullable Object> withDefaults(Map<String, @Nullable Object> given, Machine machine) {
        throw new UnsupportedOperationException();
    }

    /// Makes the record of a tree that [BoundWorkload#tree] gave, be it in another JVM.
    public W workload(Map<String, @Nullable Object> completeTree) {
        throw new UnsupportedOperationException();
    }

    /// A case as [#relate] takes it; its metrics are added to.
    public record Related(
            String name,
            Map<String, @Nullable Object> completeTree,
            @Nullable Double score,
            @Nullable Totals totals,
            Metrics metrics) {}

    /// Lets the engine relate the finished cases of a job.
    public void relate(List<Related> cases) {
        throw new UnsupportedOperationException();
    }

    /// JSON Schema (draft 2020-12) of the workload.
    public Map<String, Object> schema() {
        throw new UnsupportedOperationException();
    }

    /// The fields in order, nested ones within theirs.
    public List<FieldDescriptor> fields() {
        throw new UnsupportedOperationException();
    }
}
