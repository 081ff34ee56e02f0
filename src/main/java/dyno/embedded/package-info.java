/// The embedded PostgreSQL server: unpacked from the class path, kept in the data folder, never an orphan.
@NullMarked
package dyno.embedded;

import org.jspecify.annotations.NullMarked;
