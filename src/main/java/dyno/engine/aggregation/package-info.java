/// The engine `aggregation`: hourly pod usage in Parquet becomes one row per day, namespace, node and label set.
@NullMarked
package dyno.engine.aggregation;

import org.jspecify.annotations.NullMarked;
