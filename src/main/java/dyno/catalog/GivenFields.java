package dyno.catalog;

import dyno.engine.Given;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a merged tree beside the fixed defaults of its shape. Immutable.
///
/// Every method refuses a path that names no field: the engine that asks has a typing error.
record GivenFields(RecordShape shape, Map<String, @Nullable Object> merged) implements Given {

    @Override
    public boolean has(String path) {
        require(path);
        return find(merged, path) != null;
    }

    @Override
    public long integer(String path) {
        if (value(path) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(path + " is no integer, or has no value");
    }

    @Override
    public double number(String path) {
        if (value(path) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(path + " is no number, or has no value");
    }

    @Override
    public String text(String path) {
        if (value(path) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(path + " is no text, or has no value");
    }

    private @Nullable Object value(String path) {
        var field = require(path);
        var given = find(merged, path);
        return given != null ? given : field.fixedDefault();
    }

    private FieldShape require(String path) {
        return shape.at(path).orElseThrow(() -> new IllegalArgumentException("There is no field " + path));
    }

    private static @Nullable Object find(Map<?, ?> tree, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return tree.get(path);
        }
        return tree.get(path.substring(0, dot)) instanceof Map<?, ?> nested
                ? find(nested, path.substring(dot + 1))
                : null;
    }
}
