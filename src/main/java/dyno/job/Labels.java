package dyno.job;

import dyno.web.Shown;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads labels, and says what is wrong with them.
final class Labels {

    private static final int MOST = 32;
    private static final int MAX_CHARACTERS = 256;

    private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,62}");

    private Labels() {}

    /// @return those that are a text
    static Map<String, String> read(Map<String, @Nullable Object> tree, String pointer, Faults faults) {
        if (tree.size() > MOST) {
            faults.add(pointer, "'labels' has %d members, more than %d".formatted(tree.size(), MOST));
        }
        var labels = new LinkedHashMap<String, String>();
        var fields = Fields.of(tree, pointer, faults);
        for (var key : tree.keySet()) {
            if (!KEY.matcher(key).matches()) {
                faults.add(fields.pointer(key), "label %s does not match %s".formatted(Shown.value(key), KEY));
            }
            var value = fields.text(key, MAX_CHARACTERS);
            if (value != null) {
                labels.put(key, value);
            }
        }
        return labels;
    }
}
