@NullMarked
package dyno.dataset;

import org.jspecify.annotations.NullMarked;
