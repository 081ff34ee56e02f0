/// Input that clients bring: uploads, their files on disk, and what is known of them.
@NullMarked
package dyno.dataset;

import org.jspecify.annotations.NullMarked;
