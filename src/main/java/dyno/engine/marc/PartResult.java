package dyno.engine.marc;

import org.jspecify.annotations.Nullable;

/// What came of a file, or of a part of one.
///
/// @param totals         numbers; bytes of output without what stands before, between and behind records
/// @param log            errors
/// @param end            offset behind the last record
/// @param stop           the error at which reading stopped in mode STRICT; null where it did not
/// @param busyNanos      time that it took
/// @param allocatedBytes memory that the working thread asked for meanwhile
record PartResult(
        Totals totals, ErrorLog log, long end, @Nullable MarcError stop, long busyNanos, long allocatedBytes) {}
