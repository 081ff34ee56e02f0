package dyno.engine.etl;

import dyno.engine.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Workloads for sinks alone: fixed defaults, and what a test gives.
final class SinkWorkloads {

    private static final Map<String, Object> DEFAULTS = Map.of(
            "profile", EtlWorkload.Profile.DATABASE,
            "records", 1_000L,
            "recordShape", EtlWorkload.RecordShape.OPTIMISED,
            "generation", EtlWorkload.Generation.BATCHED,
            "batchSize", 1_000,
            "workers", 1,
            "sink", EtlWorkload.SinkKind.POSTGRES);

    private SinkWorkloads() {}

    static EtlWorkload of(Map<String, ?> given) {
        var unused = new HashSet<>(given.keySet());
        var components = EtlWorkload.class.getRecordComponents();
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var name = components[i].getName();
            unused.remove(name);
            var all = new LinkedHashMap<String, Object>(DEFAULTS);
            all.putAll(given);
            values[i] = all.containsKey(name)
                    ? all.get(name)
                    : fixed(components[i].getType(), components[i].getAnnotation(Field.class));
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("No such fields: " + unused);
        }
        try {
            var types = Stream.of(components).map(component -> component.getType()).toArray(Class<?>[]::new);
            return EtlWorkload.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object fixed(Class<?> type, Field field) {
        var text = field.defaultValue();
        if (text.isEmpty()) {
            return null;
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == double.class) {
            return Double.valueOf(text);
        }
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(text))
                .findAny()
                .orElseThrow();
    }
}
