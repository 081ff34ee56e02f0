package dyno.catalog;

import dyno.engine.Given;
import dyno.engine.Workload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One case's workload with every default filled in.
///
/// @param entry    its engine
/// @param tree     complete, keys in the order of the record, integers as `Long`, numbers as `Double`
/// @param workload the same as a record
/// @param given    which fields the client gave
public record BoundWorkload<W extends Workload>(
        EngineEntry<W> entry, Map<String, @Nullable Object> tree, W workload, Given given) {}
