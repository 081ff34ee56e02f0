/// What tests of several packages share.
@NullMarked
package dyno.support;

import org.jspecify.annotations.NullMarked;
