/// Regrouping time-ordered measurements into one record per probe.
@NullMarked
package dyno.engine.grouping;

import org.jspecify.annotations.NullMarked;
