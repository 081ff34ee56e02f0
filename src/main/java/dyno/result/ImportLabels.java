package dyno.result;

import dyno.web.QueryParameters;
import dyno.web.Shown;
import java.util.Map;
import java.util.regex.Pattern;

/// The bounds of labels, which are those of a job's.
final class ImportLabels {

    private static final int MOST = 32;
    private static final int MAX_CHARACTERS = 256;
    private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,62}");

    private ImportLabels() {}

    static void check(Map<String, String> labels, QueryParameters query) {
        if (labels.size() > MOST) {
            query.refuse("label", "there are %d labels, more than %d".formatted(labels.size(), MOST));
        }
        labels.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                query.refuse("label", "label %s does not match %s".formatted(Shown.value(key), KEY));
            }
            if (value.length() > MAX_CHARACTERS || value.indexOf('\0') >= 0) {
                query.refuse(
                        "label",
                        "the value of label %s has more than %d characters, or one that cannot be stored"
                                .formatted(Shown.value(key), MAX_CHARACTERS));
            }
        });
    }
}
