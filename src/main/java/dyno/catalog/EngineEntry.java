package dyno.catalog;

import dyno.engine.Engine;
import dyno.engine.JobCase;
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
    private final RecordShape shape;

    private EngineEntry(Engine<W> engine, RecordShape shape) {
        this.engine = engine;
        this.shape = shape;
    }

    /// @throws IllegalArgumentException where the workload cannot be described
    static <W extends Workload> EngineEntry<W> of(Engine<W> engine) {
        return new EngineEntry<>(engine, ShapeReader.read(engine.workloadType()));
    }

    public Engine<W> engine() {
        return engine;
    }

    /// Checks names, types and bounds of a partial workload (fields may be missing, null removes).
    ///
    /// @param tree    what stands at `pointer`; null is as good as an empty object
    /// @param pointer where it stands in the request: `/variants/0/workload`
    /// @return all violations, in the order of the tree
    public List<Violation> check(@Nullable Object tree, String pointer) {
        return switch (tree) {
            case null -> List.of();
            case Map<?, ?> map -> new TreeCheck().partial(new Place("", pointer), shape, map);
            default -> List.of(new Violation(pointer, "a workload is an object"));
        };
    }

    /// Checks one value of a matrix key, a field or a dotted path. Null is a value of nullable fields only.
    ///
    /// @return the violations; one that names the key where there is no such field
    public List<Violation> checkValue(String path, @Nullable Object value, String pointer) {
        var field = shape.at(path);
        if (field.isEmpty()) {
            return List.of(Violation.unknownField(pointer, path, shape.paths().toList()));
        }
        return value == null && field.get().nullable()
                ? List.of()
                : new TreeCheck().value(new Place(path, pointer), field.get().shape(), value);
    }

    /// Whether `path` names a field, nested ones by dots.
    public boolean hasField(String path) {
        return shape.at(path).isPresent();
    }

    /// Fills in every default and makes the record.
    ///
    /// @param merged what job, variant and matrix gave; types and bounds were checked
    /// @throws IncompleteWorkloadException where a required field is missing
    /// @throws IllegalArgumentException    where the types were not checked
    /// @throws IllegalStateException       where the engine computes a default that its workload has not, or
    ///         does not compute one that its workload promises
    public BoundWorkload<W> bind(Map<String, @Nullable Object> merged, Machine machine) {
        requireComplete(completion(merged, Map.of()));
        var given = new GivenFields(shape, merged);
        var completion = new Completion(computedDefaults(given, machine));
        var tree = completion.complete(shape, merged);
        requireComplete(completion);
        if (!completion.uncomputed().isEmpty()) {
            throw new IllegalStateException(
                    "Engine %s computes no default for %s".formatted(engine.id(), completion.uncomputed()));
        }
        return new BoundWorkload<>(this, tree, workload(tree), given);
    }

    /// Fills in what can be filled in without knowing variants and matrix: for showing a submission. Where
    /// required fields are missing, so are those whose default is computed.
    public Map<String, @Nullable Object> withDefaults(Map<String, @Nullable Object> given, Machine machine) {
        boolean isComplete = completion(given, Map.of()).missing().isEmpty();
        var computed = isComplete ? computedDefaults(new GivenFields(shape, given), machine) : Map.<String, Object>of();
        return new Completion(computed).complete(shape, given);
    }

    /// Makes the record of a tree that [BoundWorkload#tree] gave, be it in another JVM.
    ///
    /// @throws IllegalArgumentException where the tree is not complete
    public W workload(Map<String, @Nullable Object> completeTree) {
        return engine.workloadType().cast(RecordMaker.make(shape, completeTree));
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
        engine.relate(cases.stream()
                .map(c -> new JobCase<>(c.name(), workload(c.completeTree()), c.score(), c.totals(), c.metrics()))
                .toList());
    }

    /// JSON Schema (draft 2020-12) of the workload.
    public Map<String, Object> schema() {
        return SchemaWriter.write(engine.title(), engine.description(), shape);
    }

    /// The fields in order, nested ones within theirs.
    public List<FieldDescriptor> fields() {
        return Descriptors.of(shape);
    }

    private Completion completion(Map<String, @Nullable Object> given, Map<String, Object> computed) {
        var completion = new Completion(computed);
        completion.complete(shape, given);
        return completion;
    }

    private Map<String, Object> computedDefaults(GivenFields given, Machine machine) {
        var computed = engine.computedDefaults(given, machine);
        for (var path : computed.keySet()) {
            if (!hasField(path)) {
                throw new IllegalStateException(
                        "Engine %s computes a default for %s, which is no field".formatted(engine.id(), path));
            }
        }
        return computed;
    }

    private static void requireComplete(Completion completion) {
        if (!completion.missing().isEmpty()) {
            throw new IncompleteWorkloadException(completion.missing());
        }
    }
}
