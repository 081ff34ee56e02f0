package dyno.engine;

import java.util.ArrayList;
import java.util.List;

/// Collects what bounds and types cannot say: fields of one case that exclude each other.
///
/// Used by one thread at a time.
public final class Contradictions {

    /// One contradiction.
    ///
    /// @param field   dotted path of the field that should change
    /// @param message field, value, what is wrong; after a semicolon what would be right
    public record Contradiction(String field, String message) {}

    private final List<Contradiction> found = new ArrayList<>();
    private final List<Contradiction> ofThisNode = new ArrayList<>();
    private final List<Contradiction> beyondLimits = new ArrayList<>();

    public void add(String field, String message) {
        found.add(new Contradiction(field, message));
    }

    /// Adds what a node that is configured otherwise would not find: a suite leaves such a job out, and
    /// says so.
    public void addOfThisNode(String field, String message) {
        var contradiction = new Contradiction(field, message);
        found.add(contradiction);
        ofThisNode.add(contradiction);
    }

    /// Adds that the workload, which is free of contradictions otherwise, needs more than it may have. What needs more
    /// than the *node* has follows from [Estimate] and is not added here.
    ///
    /// @param message both numbers, what is needed and what there may be
    public void beyondLimit(String field, String message) {
        beyondLimits.add(new Contradiction(field, message));
    }

    public List<Contradiction> found() {
        return List.copyOf(found);
    }

    /// What [#addOfThisNode] added; stands in [#found] as well.
    public List<Contradiction> ofThisNode() {
        return List.copyOf(ofThisNode);
    }

    /// What [#beyondLimit] added.
    public List<Contradiction> beyondLimits() {
        return List.copyOf(beyondLimits);
    }
}
