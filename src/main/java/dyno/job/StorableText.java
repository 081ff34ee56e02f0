package dyno.job;

import dyno.web.Pointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds strings that JSON can spell and PostgreSQL cannot keep: U+0000 and halves of surrogate pairs.
final class StorableText {

    private StorableText() {}

    /// Walks the tree; nesting is bounded by the parser.
    static void check(@Nullable Object tree, String pointer, Faults faults) {
        if (tree instanceof String text) {
            checkText(text, pointer, faults);
        } else if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                var name = String.valueOf(key);
                checkText(name, pointer, faults);
                check(value, Pointer.member(pointer, name), faults);
            });
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), Pointer.element(pointer, i), faults);
            }
        }
    }

    private static void checkText(String text, String pointer, Faults faults) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                faults.add(pointer, "character U+%04X at index %d cannot be kept".formatted((int) c, i));
                return;
            }
        }
    }
}
