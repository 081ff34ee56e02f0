/// Jobs: submission, the durable queue, the worker, events.
@NullMarked
package dyno.job;

import org.jspecify.annotations.NullMarked;
