package dyno.engine.generator;

import dyno.engine.Given;
import dyno.engine.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/// Defaults that depend on the machine or on other fields.
final class WorkloadDefaults {

    private static final long CHUNK_BYTES = 64L << 20;
    private static final long COMPRESS_UNIT_BYTES = 4096;

    private WorkloadDefaults() {}

    static Map<String, Object> of(Given given, Machine machine) {
        // A stream without a byte is a contradiction, which the chunk must not hide.
        long share = Math.max(1, given.integer("totalBytes") / given.integer("streams"));
        boolean dgen = given.text("layout").equals(Layout.DGEN.name());
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("chunkBytes", Math.min(CHUNK_BYTES, share));
        defaults.put("threads", (long) machine.processors());
        defaults.put("compressUnitBytes", dgen ? given.integer("dedupUnitBytes") : COMPRESS_UNIT_BYTES);
        return defaults;
    }
}
