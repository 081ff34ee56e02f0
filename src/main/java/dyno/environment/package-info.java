/// The facts of the machine, the JVM and the build that a run was taken on.
@NullMarked
package dyno.environment;

import org.jspecify.annotations.NullMarked;
