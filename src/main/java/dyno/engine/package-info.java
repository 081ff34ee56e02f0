/// The contract between Dyno and what it measures. JDK only.
@NullMarked
package dyno.engine;

import org.jspecify.annotations.NullMarked;
