package dyno.job;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import dyno.web.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects everything that makes a body a 400, in the order in which it was found.
///
/// Used by one thread at a time.
public final class Faults {

    private final Set<Violation> found = new LinkedHashSet<>();

    public void add(String pointer, String message) {
        add(new Violation(pointer, message));
    }

    void add(Violation violation) {
        found.add(violation);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    List<Violation> found() {
        return new ArrayList<>(found);
    }

    /// @throws ProblemException `unknown-field` where all faults are that, else `invalid-request`; none where
    ///         there are no faults
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        boolean onlyUnknown = found.stream().allMatch(violation -> violation.kind() == Kind.UNKNOWN_FIELD);
        var code = onlyUnknown ? ProblemCode.UNKNOWN_FIELD : ProblemCode.INVALID_REQUEST;
        var detail = found.size() == 1 ? "One thing is wrong" : found.size() + " things are wrong";
        throw new ProblemException(code, detail, found());
    }
}
