/// ArrayRecord files as Google's `array_record` reads and writes them: records in hashed, optionally compressed
/// chunks, reached by number. Usable by itself; needs the JDK and zstd-jni only.
@NullMarked
package dyno.engine.arrayrecord;

import org.jspecify.annotations.NullMarked;
