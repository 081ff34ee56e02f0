package dyno.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes shapes to clients.
final class Descriptors {

    private Descriptors() {}

    static List<FieldDescriptor> of(RecordShape shape) {
        return shape.fields().stream().map(Descriptors::of).toList();
    }

    private static FieldDescriptor of(FieldShape field) {
        var bounds = bounds(field.shape());
        return new FieldDescriptor(
                field.name(),
                type(field.shape()),
                field.fixedDefault(),
                field.computedDefault(),
                field.nullable(),
                field.isRequired(),
                bounds.min(),
                bounds.max(),
                words(field.shape()),
                field.meaning(),
                within(field.shape()));
    }

    private static FieldDescriptor.Type type(Shape shape) {
        return switch (shape) {
            case Shape.Whole whole -> FieldDescriptor.Type.INTEGER;
            case Shape.Decimal decimal -> FieldDescriptor.Type.NUMBER;
            case Shape.Flag flag -> FieldDescriptor.Type.BOOLEAN;
            case Shape.Text text -> FieldDescriptor.Type.STRING;
            case Shape.Word word -> FieldDescriptor.Type.ENUM;
            case Shape.Listing listing -> FieldDescriptor.Type.LIST;
            case Shape.Nested nested -> FieldDescriptor.Type.OBJECT;
        };
    }

    private static List<String> words(Shape shape) {
        return switch (shape) {
            case Shape.Word word -> word.words();
            case Shape.Listing listing -> words(listing.element());
            case Shape.Whole whole -> List.of();
            case Shape.Decimal decimal -> List.of();
            case Shape.Flag flag -> List.of();
            case Shape.Text text -> List.of();
            case Shape.Nested nested -> List.of();
        };
    }

    private static List<FieldDescriptor> within(Shape shape) {
        return switch (shape) {
            case Shape.Nested nested -> of(nested.shape());
            case Shape.Listing listing -> within(listing.element());
            case Shape.Whole whole -> List.of();
            case Shape.Decimal decimal -> List.of();
            case Shape.Flag flag -> List.of();
            case Shape.Text text -> List.of();
            case Shape.Word word -> List.of();
        };
    }

    /// Bounds that are more than those of the type; null where there is none.
    record Range(@Nullable Number min, @Nullable Number max) {}

    static Range bounds(Shape shape) {
        return switch (shape) {
            case Shape.Whole whole ->
                new Range(
                        whole.min() == Long.MIN_VALUE ? null : whole.min(),
                        whole.max() == Long.MAX_VALUE ? null : whole.max());
            case Shape.Decimal decimal -> new Range(finite(decimal.min()), finite(decimal.max()));
            case Shape.Text text -> counts(text.min(), text.max());
            case Shape.Listing listing -> counts(listing.min(), listing.max());
            case Shape.Flag flag -> new Range(null, null);
            case Shape.Word word -> new Range(null, null);
            case Shape.Nested nested -> new Range(null, null);
        };
    }

    private static @Nullable Double finite(double bound) {
        return Double.isInfinite(bound) ? null : bound;
    }

    private static Range counts(long min, long max) {
        return new Range(min == 0 ? null : min, max == Integer.MAX_VALUE ? null : max);
    }
}
