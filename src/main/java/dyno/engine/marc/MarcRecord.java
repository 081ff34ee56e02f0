package dyno.engine.marc;

import dyno.engine.marc.MarcField.ControlField;
import org.jspecify.annotations.Nullable;

/// A record as an object. Immutable as long as nobody changes its array.
final class MarcRecord {

    private final String leader;
    private final MarcField[] fields;

    /// @param fields not changed any more by whoever made them
    MarcRecord(String leader, MarcField[] fields) {
        this.leader = leader;
        this.fields = fields;
    }

    String leader() {
        return leader;
    }

    /// Not to be changed.
    MarcField[] fields() {
        return fields;
    }

    /// The value of the first field 001; null where there is none.
    @Nullable
    String controlNumber() {
        for (var field : fields) {
            if (field instanceof ControlField control && control.tag().equals("001")) {
                return control.value();
            }
        }
        return null;
    }
}
