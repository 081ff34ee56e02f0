package dyno.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One text for all ways to write the same JSON: no blanks, keys sorted by their UTF-16 units. Integers and
/// numbers with a fraction stay apart (`1` and `1.0`), since a workload takes them differently.
public final class CanonicalJson {

    private CanonicalJson() {}

    /// @param tree as [StrictJson#parse] gives it
    public static String of(@Nullable Object tree) {
        return JsonText.of(sorted(tree));
    }

    private static @Nullable Object sorted(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
                yield sorted;
            }
            case List<?> list -> {
                var elements = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> elements.add(sorted(element)));
                yield elements;
            }
            // Two numbers may overflow to the same infinity; as a key's body that is as good as any.
            case Double number when !Double.isFinite(number) -> number.toString();
            case null, default -> tree;
        };
    }
}
