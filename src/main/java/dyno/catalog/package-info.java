/// The one list of engines, and what derives from their workload fields: schema, defaults, checks.
@NullMarked
package dyno.catalog;

import org.jspecify.annotations.NullMarked;
