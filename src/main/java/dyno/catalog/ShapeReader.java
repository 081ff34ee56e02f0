package dyno.catalog;

import dyno.engine.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the shape of a workload off its record's components and their [Field]s.
final class ShapeReader {

    private ShapeReader() {}

    /// @throws IllegalArgumentException where a component cannot be described, with its name
    static RecordShape read(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is not a record");
        }
        var fields = new ArrayList<FieldShape>();
        for (var component : type.getRecordComponents()) {
            fields.add(field(component));
        }
        return new RecordShape(constructor(type), List.copyOf(fields));
    }

    private static Constructor<?> constructor(Class<?> type) {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", e);
        }
    }

    private static FieldShape field(RecordComponent component) {
        var field = component.getAnnotation(Field.class);
        if (field == null) {
            throw undescribable(component, "has no @Field");
        }
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        var type = component.getType();
        if (isBox(type) && !nullable) {
            throw undescribable(component, "is boxed but not @Nullable");
        }
        if (type.isRecord() ? field.optional() != nullable : field.optional()) {
            throw undescribable(component, "is optional but no @Nullable record, or the other way round");
        }
        if (field.nullIsValue() && !nullable) {
            throw undescribable(component, "takes null for a value but is not @Nullable");
        }
        try {
            var shape = shape(component.getGenericType(), field);
            var fixedDefault = field.defaultValue().isEmpty() ? null : Defaults.parse(shape, field.defaultValue());
            return new FieldShape(
                    component.getName(),
                    field.value(),
                    shape,
                    fixedDefault,
                    field.computedDefault(),
                    nullable,
                    field.nullIsValue());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(component) + " cannot be described: " + e.getMessage(), e);
        }
    }

    private static Shape shape(Type type, Field field) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            var element = element(list.getActualTypeArguments()[0], field.pattern());
            return new Shape.Listing(element, count(field.min(), 0), count(field.max(), Integer.MAX_VALUE));
        }
        if (type == int.class || type == Integer.class) {
            return whole(int.class, field, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return whole(long.class, field, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return new Shape.Decimal(
                    decimal(field.min(), Double.NEGATIVE_INFINITY), decimal(field.max(), Double.POSITIVE_INFINITY));
        }
        if (type == String.class) {
            return new Shape.Text(
                    count(field.min(), 0), count(field.max(), Integer.MAX_VALUE), pattern(field.pattern()));
        }
        return boundless(type);
    }

    /// Bounds of a list's field count its elements, so that the elements have none of their own.
    private static Shape element(Type type, String pattern) {
        if (type == Integer.class) {
            return new Shape.Whole(int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, false);
        }
        if (type == Long.class) {
            return new Shape.Whole(long.class, Long.MIN_VALUE, Long.MAX_VALUE, false);
        }
        if (type == Double.class) {
            return new Shape.Decimal(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        if (type == String.class) {
            return new Shape.Text(0, Integer.MAX_VALUE, pattern(pattern));
        }
        return boundless(type);
    }

    private static Shape boundless(Type type) {
        if (type == boolean.class || type == Boolean.class) {
            return new Shape.Flag();
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return new Shape.Word(Arrays.stream(c.getEnumConstants())
                    .<Enum<?>>map(constant -> (Enum<?>) constant)
                    .toList());
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return new Shape.Nested(read(c));
        }
        throw new IllegalArgumentException("no field has the type " + type.getTypeName());
    }

    private static Shape whole(Class<?> type, Field field, long least, long most) {
        long min = field.min().isEmpty() ? least : Math.max(least, Long.parseLong(field.min()));
        long max = field.max().isEmpty() ? most : Math.min(most, Long.parseLong(field.max()));
        return new Shape.Whole(type, min, max, field.powerOfTwo());
    }

    private static long count(String bound, long otherwise) {
        return bound.isEmpty() ? otherwise : Long.parseLong(bound);
    }

    private static double decimal(String bound, double otherwise) {
        return bound.isEmpty() ? otherwise : Double.parseDouble(bound);
    }

    private static @Nullable Pattern pattern(String pattern) {
        return pattern.isEmpty() ? null : Pattern.compile(pattern);
    }

    private static boolean isBox(Class<?> type) {
        return type == Integer.class || type == Long.class || type == Double.class || type == Boolean.class;
    }

    private static IllegalArgumentException undescribable(RecordComponent component, String why) {
        return new IllegalArgumentException(place(component) + " " + why);
    }

    private static String place(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }
}
