package dyno.catalog;

import dyno.engine.generator.GeneratorEngine;

/// What an operator may set of the engines themselves. It concerns the service alone: forks measure, and do not
/// project.
///
/// @param projectionCores cores that the generator's `projectedBytesPerSecond` extrapolates to, at least 1
///                        (`dyno.generator.projection-cores`)
public record EngineSettings(int projectionCores) {

    public static final EngineSettings DEFAULT = new EngineSettings(GeneratorEngine.DEFAULT_PROJECTION_CORES);
}
