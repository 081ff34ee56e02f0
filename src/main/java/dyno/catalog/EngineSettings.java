package dyno.catalog;

import dyno.engine.aggregation.AggregationSettings;
import dyno.engine.generator.GeneratorEngine;

/// What an operator may set of the engines themselves. The service's engines are told; those of forks
/// learn what they need from the service's ([dyno.engine.Engine#secrets]).
///
/// @param projectionCores cores that the generator's `projectedBytesPerSecond` extrapolates to, at least 1
///                        (`dyno.generator.projection-cores`)
/// @param aggregation     `dyno.aggregation`
public record EngineSettings(int projectionCores, AggregationSettings aggregation) {

    public static final EngineSettings DEFAULT =
            new EngineSettings(GeneratorEngine.DEFAULT_PROJECTION_CORES, AggregationSettings.DEFAULT);
}
