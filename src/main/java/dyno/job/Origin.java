package dyno.job;

import dyno.web.Pointer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds who set a field of a case: the matrix, else its variant, else the job's workload, be it by a default.
final class Origin {

    private final JobSpec spec;

    Origin(JobSpec spec) {
        this.spec = spec;
    }

    /// @param path dotted path of a field
    /// @return pointer into the submission
    String pointer(CaseDraft draft, String path) {
        for (var choice : draft.choice().entrySet()) {
            var key = choice.getKey();
            var value = Pointer.element(Pointer.member("/matrix", key), choice.getValue());
            if (path.equals(key) || key.startsWith(path + ".")) {
                return value;
            }
            if (path.startsWith(key + ".")) {
                return fieldPointer(value, path.substring(key.length() + 1));
            }
        }
        if (sets(draft.variant().workload(), path)) {
            return fieldPointer("/variants/" + draft.variantIndex() + "/workload", path);
        }
        return fieldPointer("/workload", path);
    }

    /// @return `case <name>: ` in a job with variants or matrix; empty in others, which have one case
    String prefix(CaseDraft draft) {
        boolean alone = spec.variants().isEmpty() && spec.matrix().isEmpty();
        return alone ? "" : "case " + draft.name() + ": ";
    }

    private static boolean sets(Map<String, @Nullable Object> tree, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return tree.containsKey(path);
        }
        var head = path.substring(0, dot);
        var nested = Fields.object(tree.get(head));
        // A parent that is removed or replaced as a whole takes its fields with it.
        return nested == null ? tree.containsKey(head) : sets(nested, path.substring(dot + 1));
    }

    /// The field at a dotted path below `parent`.
    private static String fieldPointer(String parent, String dottedPath) {
        var pointer = parent;
        for (var name : dottedPath.split("\\.", -1)) {
            pointer = Pointer.member(pointer, name);
        }
        return pointer;
    }
}
