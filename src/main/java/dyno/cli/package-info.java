/// The client face: no Spring.
@NullMarked
package dyno.cli;

import org.jspecify.annotations.NullMarked;
