/// Inner-loop parts that several engines share: mixers, digests, chunk ranges, worker pool. JDK only.
@NullMarked
package dyno.engine.kernel;

import org.jspecify.annotations.NullMarked;
