/// A bounded extract-transform-load pipeline, and the workloads that put it on the dynamometer.
///
/// The framework is [dyno.engine.etl.Pipeline] with what it is given: `Source`, `Transform`, `Sink`, `Lifecycle`,
/// `DeadLetters`. It knows nothing of benchmarks. The rest makes records, transforms, loads and verifies them.
@NullMarked
package dyno.engine.etl;

import org.jspecify.annotations.NullMarked;
