package dyno.job;

import dyno.catalog.EngineEntry;
import dyno.catalog.FieldDescriptor;
import dyno.web.Violation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the workload parts of one submission against its engine's fields; where the engine is not known there
/// is nothing to check them against.
///
/// Used by one thread at a time.
final class WorkloadReader {

    private final @Nullable EngineEntry<?> entry;
    private final Faults faults;

    WorkloadReader(@Nullable EngineEntry<?> entry, Faults faults) {
        this.entry = entry;
        this.faults = faults;
    }

    /// The member as a partial workload; empty where it is absent or no object.
    Map<String, @Nullable Object> read(Fields fields, String name) {
        var tree = fields.object(name);
        if (entry != null) {
            entry.check(tree, fields.pointer(name)).forEach(faults::add);
        }
        return tree;
    }

    /// @return false where the key names no field, which is added to the faults
    boolean hasField(String path, String pointer) {
        if (entry == null || entry.hasField(path)) {
            return true;
        }
        faults.add(Violation.unknownField(
                pointer,
                path,
                entry.fields().stream().map(FieldDescriptor::name).toList()));
        return false;
    }

    void checkValue(String path, @Nullable Object value, String pointer) {
        if (entry != null) {
            entry.checkValue(path, value, pointer).forEach(faults::add);
        }
    }
}
