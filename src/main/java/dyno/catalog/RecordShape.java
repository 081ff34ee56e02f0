package dyno.catalog;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fields of a workload record or of a record nested in it, in the order of its components.
///
/// @param constructor its canonical constructor, accessible
record RecordShape(Constructor<?> constructor, List<FieldShape> fields) {

    Optional<FieldShape> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /// The field at a dotted path; lists are not entered.
    Optional<FieldShape> at(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return find(path);
        }
        return find(path.substring(0, dot))
                .flatMap(field -> field.shape() instanceof Shape.Nested nested
                        ? nested.shape().at(path.substring(dot + 1))
                        : Optional.empty());
    }

    /// The dotted paths of all fields, nested objects before what is in them; lists are not entered.
    Stream<String> paths() {
        return fields.stream()
                .flatMap(field -> Stream.concat(
                        Stream.of(field.name()),
                        field.shape() instanceof Shape.Nested nested
                                ? nested.shape().paths().map(within -> field.name() + '.' + within)
                                : Stream.empty()));
    }

    List<String> names() {
        return fields.stream().map(FieldShape::name).toList();
    }

    /// @throws IllegalArgumentException where the record refuses the values
    Object make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    constructor.getDeclaringClass().getSimpleName() + " refuses its values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }
}
