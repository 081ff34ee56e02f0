package dyno.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One workload field as clients see it.
///
/// @param name            the field's own name, without its parents'
/// @param type            JSON type
/// @param defaultValue    fixed default; null where computed, absent or required
/// @param computedDefault how a computed default comes about; empty where it is not
/// @param nullable        whether null is a value
/// @param required        whether the field has to be given
/// @param min             smallest number, fewest characters or elements; null where unbounded
/// @param max             largest number, most characters or elements; null where unbounded
/// @param allowed         the words of an enum; empty otherwise
/// @param meaning         a clause
/// @param fields          fields of a nested object or of a list's elements; empty otherwise
public record FieldDescriptor(
        String name,
        Type type,
        @Nullable Object defaultValue,
        String computedDefault,
        boolean nullable,
        boolean required,
        @Nullable Number min,
        @Nullable Number max,
        List<String> allowed,
        String meaning,
        List<FieldDescriptor> fields) {

    public enum Type {
        INTEGER,
        NUMBER,
        BOOLEAN,
        STRING,
        ENUM,
        OBJECT,
        LIST
    }
}
