package dyno.catalog;

import dyno.engine.DatasetKind;
import dyno.engine.Engine;
import dyno.engine.aggregation.AggregationEngine;
import dyno.engine.etl.EtlEngine;
import dyno.engine.generator.GeneratorEngine;
import dyno.engine.grouping.GroupingEngine;
import dyno.engine.marc.MarcEngine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The one list of engines. Immutable, free of Spring; forks and tools use it as the service does.
public final class EngineCatalog {

    private final Map<String, EngineEntry<?>> entries;
    private final Map<String, DatasetKind> datasetKinds;

    /// @throws IllegalArgumentException where two engines have one id or a workload cannot be described
    public EngineCatalog(List<Engine<?>> engines) {
        var byId = new LinkedHashMap<String, EngineEntry<?>>();
        for (var engine : engines) {
            if (byId.put(engine.id(), EngineEntry.of(engine)) != null) {
                throw new IllegalArgumentException("Two engines are called " + engine.id());
            }
        }
        this.entries = byId;
        this.datasetKinds = kinds(engines);
    }

    private static Map<String, DatasetKind> kinds(List<Engine<?>> engines) {
        var kinds = new TreeMap<String, DatasetKind>();
        for (var engine : engines) {
            engine.datasetKind().ifPresent(kind -> {
                if (kinds.put(kind.id(), kind) != null) {
                    throw new IllegalArgumentException("Two engines bring the dataset kind " + kind.id());
                }
            });
        }
        return Collections.unmodifiableMap(kinds);
    }

    /// Every engine that Dyno ships.
    public static EngineCatalog standard() {
        return standard(EngineSettings.DEFAULT);
    }

    /// Every engine that Dyno ships, as an operator set them.
    public static EngineCatalog standard(EngineSettings settings) {
        return new EngineCatalog(List.of(
                new GeneratorEngine(settings.projectionCores()),
                new MarcEngine(),
                new GroupingEngine(),
                new EtlEngine(),
                new AggregationEngine(settings.aggregation())));
    }

    public List<EngineEntry<?>> entries() {
        return List.copyOf(entries.values());
    }

    /// Kinds of datasets that the engines read, by id.
    public Map<String, DatasetKind> datasetKinds() {
        return datasetKinds;
    }

    public Optional<EngineEntry<?>> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /// @throws IllegalArgumentException where there is no such engine
    public EngineEntry<?> require(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no engine " + id));
    }
}
