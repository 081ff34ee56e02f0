/// How a trial is run and what its samples say: plan, samples, score, speed-up. No Spring, no SQL.
@NullMarked
package dyno.measurement;

import org.jspecify.annotations.NullMarked;
