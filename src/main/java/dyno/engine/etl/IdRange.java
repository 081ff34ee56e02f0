package dyno.engine.etl;

import java.util.concurrent.atomic.AtomicLong;

/// Ids that extractors claim in blocks, so that each is made once. Safe for any number of threads.
final class IdRange {

    private final long end;
    private final AtomicLong next;

    /// @param first first id
    /// @param count ids
    IdRange(long first, long count) {
        this.next = new AtomicLong(first);
        this.end = first + count;
    }

    /// Claims the next `count` ids, fewer at the end.
    ///
    /// @return the first of them; not below [#end] where there is none left
    long claim(int count) {
        // Stops adding at the end, so that no number of calls overflows.
        return next.get() >= end ? end : next.getAndAdd(count);
    }

    boolean isExhausted() {
        return next.get() >= end;
    }

    /// Past the last id.
    long end() {
        return end;
    }
}
