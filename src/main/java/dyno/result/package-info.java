/// Stored runs: what was measured, and what clients read of it.
@NullMarked
package dyno.result;

import org.jspecify.annotations.NullMarked;
