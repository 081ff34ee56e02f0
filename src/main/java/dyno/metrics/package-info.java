/// Every meter of the service, fed by events.
@NullMarked
package dyno.metrics;

import org.jspecify.annotations.NullMarked;
