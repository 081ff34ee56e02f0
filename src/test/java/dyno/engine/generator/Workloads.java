package dyno.engine.generator;

import dyno.engine.Cancellation;
import dyno.engine.Given;
import dyno.engine.Machine;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Workloads as the catalog would bind them: what is given here, defaults for the rest.
final class Workloads {

    static final int MIB = 1 << 20;

    static final Machine MACHINE =
            new Machine(2, OptionalInt.of(2), 8L << 30, OptionalLong.of(MIB / 2), OptionalLong.of(32L * MIB));

    private static final Map<String, Object> FIXED = Map.ofEntries(
            Map.entry("totalBytes", 4294967296L),
            Map.entry("streams", 1),
            Map.entry("algorithm", Algorithm.COUNTER),
            Map.entry("mode", Mode.DIRECT),
            Map.entry("buffer", BufferKind.HEAP),
            Map.entry("compressRatio", 1.0),
            Map.entry("dedupRatio", 1.0),
            Map.entry("dedupUnitBytes", MIB),
            Map.entry("seed", 42L),
            Map.entry("layout", Layout.INTERLEAVED),
            Map.entry("sink", Sink.DISCARD),
            Map.entry("fsync", true),
            Map.entry("directIo", false),
            Map.entry("numa", Numa.AUTO));

    private final Map<String, Object> given = new HashMap<>();

    private Workloads() {}

    static Workloads with(String field, Object value) {
        return new Workloads().and(field, value);
    }

    Workloads and(String field, Object value) {
        given.put(field, value);
        return this;
    }

    GeneratorWorkload workload() {
        var components = GeneratorWorkload.class.getRecordComponents();
        var all = new HashMap<>(FIXED);
        all.putAll(WorkloadDefaults.of(given(), MACHINE));
        all.putAll(given);
        Object[] values = Arrays.stream(components)
                .map(component -> fit(all.get(component.getName()), component.getType()))
                .toArray();
        try {
            return (GeneratorWorkload) GeneratorWorkload.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    Given given() {
        return new Given() {
            @Override
            public boolean has(String path) {
                return given.containsKey(path);
            }

            @Override
            public long integer(String path) {
                return ((Number) value(path)).longValue();
            }

            @Override
            public double number(String path) {
                return ((Number) value(path)).doubleValue();
            }

            @Override
            public String text(String path) {
                return value(path).toString();
            }

            private Object value(String path) {
                return given.getOrDefault(path, FIXED.get(path));
            }
        };
    }

    static TrialContext context(Path scratch, Cancellation cancellation) {
        return new TrialContext(scratch, scratch, MACHINE, cancellation, 0, Depth.SHORT, Map.of());
    }

    private static Object fit(Object value, Class<?> type) {
        if (value instanceof Number number) {
            if (type == int.class) {
                return Math.toIntExact(number.longValue());
            }
            if (type == long.class || type == Long.class) {
                return number.longValue();
            }
            return number.doubleValue();
        }
        return value;
    }
}
