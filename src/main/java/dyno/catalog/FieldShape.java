package dyno.catalog;

import org.jspecify.annotations.Nullable;

/// One component of a workload record.
///
/// @param fixedDefault    as it stands in a complete tree; null where there is none
/// @param computedDefault how a computed default comes about; empty where it is not
/// @param nullable        whether the component may be null; for nested objects: whether it stays absent
/// @param nullIsValue     whether a given null wins over the default
record FieldShape(
        String name,
        String meaning,
        Shape shape,
        @Nullable Object fixedDefault,
        String computedDefault,
        boolean nullable,
        boolean nullIsValue) {

    /// Whether somebody has to give the field.
    boolean isRequired() {
        return fixedDefault == null && computedDefault.isEmpty() && !nullable && !(shape instanceof Shape.Nested);
    }
}
