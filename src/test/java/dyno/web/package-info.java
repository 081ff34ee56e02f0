@NullMarked
package dyno.web;

import org.jspecify.annotations.NullMarked;
