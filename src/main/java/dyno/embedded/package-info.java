/// The embedded PostgreSQL server.
@NullMarked
package dyno.embedded;

import org.jspecify.annotations.NullMarked;
