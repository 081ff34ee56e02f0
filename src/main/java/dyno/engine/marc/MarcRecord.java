package dyno.engine.marc;

import dyno.engine.marc.MarcField.ControlField;
import org.jspecify.annotations.Nullable;

/// A record as an object; arrays are not to be changed.
record MarcRecord(String leader, MarcField[] fields) {

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
