@NullMarked
package dyno.catalog;

import org.jspecify.annotations.NullMarked;
