package dyno.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A case's name taken apart: `legacy[chunkBytes=4194304,threads=2]`.
///
/// @param variant    `legacy`
/// @param parameters in the order of the brackets; empty where there are none
record CaseLabel(String variant, Map<String, String> parameters) {

    /// A comma within a value is followed by something else than a field and `=`.
    private static final Pattern COMMA = Pattern.compile(",(?=[A-Za-z][A-Za-z0-9_.]*=)");

    static CaseLabel of(String name) {
        int open = name.indexOf('[');
        if (open < 0 || !name.endsWith("]")) {
            return new CaseLabel(name, Map.of());
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : COMMA.split(name.substring(open + 1, name.length() - 1), -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                return new CaseLabel(name, Map.of());
            }
            parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new CaseLabel(name.substring(0, open), parameters);
    }
}
