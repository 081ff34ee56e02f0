@NullMarked
package dyno.job;

import org.jspecify.annotations.NullMarked;
