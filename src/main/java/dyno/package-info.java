/// The entry point with its faces, and the service's configuration.
@NullMarked
package dyno;

import org.jspecify.annotations.NullMarked;
