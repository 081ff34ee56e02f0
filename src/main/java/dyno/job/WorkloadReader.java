package dyno.job;

import dyno.catalog.EngineEntry;
import dyno.catalog.FieldDescriptor;
import dyno.web.Violation;
import java.util.List;
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
            var pointer = fields.pointer(name);
            entry.check(tree, pointer).forEach(violation -> add(violation, pointer));
        }
        return tree;
    }

    /// @return false where the key names no field, which is added to the faults
    boolean hasField(String path, String pointer) {
        if (entry == null || entry.hasField(path)) {
            return true;
        }
        faults.unknownField(new Violation(
                pointer,
                "'%s' is not a field of %s".formatted(path, entry.engine().id())));
        return false;
    }

    void checkValue(String path, @Nullable Object value, String pointer) {
        if (entry != null) {
            entry.checkValue(path, value, pointer).forEach(faults::add);
        }
    }

    private void add(Violation violation, String root) {
        if (isUnknown(violation.pointer().substring(root.length()))) {
            faults.unknownField(violation);
        } else {
            faults.add(violation);
        }
    }

    /// Whether the last segment of a pointer below a workload names no field of its parent.
    private boolean isUnknown(String below) {
        if (entry == null || below.isEmpty()) {
            return false;
        }
        var level = entry.fields();
        var segments = below.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            var name = segments[i].replace("~1", "/").replace("~0", "~");
            var field = find(level, name);
            if (field == null) {
                return true;
            }
            level = field.fields();
            // The segment after a list's name is an index.
            i += field.type() == FieldDescriptor.Type.LIST ? 1 : 0;
        }
        return false;
    }

    private static @Nullable FieldDescriptor find(List<FieldDescriptor> level, String name) {
        for (var field : level) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
