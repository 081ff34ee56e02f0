/// Suites: named lists of jobs in files.
@NullMarked
package dyno.suite;

import org.jspecify.annotations.NullMarked;
