package dyno.engine.marc;

import static dyno.engine.marc.Bytes.RECORD_TERMINATOR;

import java.io.IOException;
import java.util.HexFormat;

/// Finds out where records begin and end, whatever the bytes are.
///
/// What happens at an offset depends on the bytes from there on alone, so that reading may begin anywhere
/// that reading from the start comes by. The time is linear in the size of the file: each search ends at the
/// record that it makes, and runs of padding, which several records may look across, are remembered.
/// Used by one thread at a time.
final class Framer {

    static final int LEADER_BYTES = 24;
    static final int SMALLEST = 26;

    /// A terminator of a record of at most 99,999 bytes lies before this.
    private static final int SEARCH_BYTES = 99_999;

    private static final int SHOWN_BYTES = 16;

    private final Window window;
    private int position;
    private long paddingFrom = -1;
    private long paddingTo = -1;

    /// @param offset where reading begins, in bytes from the start of the file
    Framer(Window window, long offset) throws IOException {
        this.window = window;
        this.position = window.seek(offset);
    }

    /// A framer in a window that is filled already.
    Framer(Window window, int position) {
        this.window = window;
        this.position = position;
    }

    /// Offset in the file at which the next record, or padding before it, begins.
    long offset() {
        return window.base + position;
    }

    int position() {
        return position;
    }

    /// Goes on behind the clean records that lie ahead in the window.
    ///
    /// @param until       offset in the file; a record that begins there or later is not walked
    /// @param mostRecords after which it stops
    void walk(CleanWalk walk, long until, int mostRecords) {
        int end = (int) Math.min(until - window.base, window.limit);
        position = walk.walk(window.data, position, end, window.limit, mostRecords);
    }

    /// Finds the next record.
    ///
    /// @return false at the end of the file; padding that stood before it is in the frame
    boolean next(Frame frame) throws IOException {
        int p = position;
        if (window.limit - p < Window.LOOKAHEAD && !window.atEnd) {
            p = window.slide(p);
            position = p;
        }
        byte[] data = window.data;
        int room = window.limit - p;
        frame.paddingOffset = -1;
        if (room >= SMALLEST) {
            int length = Bytes.number(data, p, 5);
            if (length >= SMALLEST && length <= room && data[p + length - 1] == RECORD_TERMINATOR) {
                frame.set(window, p, p + length, p + length - 1);
                position = p + length;
                return true;
            }
        }
        return irregular(frame);
    }

    private boolean irregular(Frame frame) throws IOException {
        skipPadding(frame);
        if (window.limit - position < Window.LOOKAHEAD && !window.atEnd) {
            position = window.slide(position);
        }
        int p = position;
        // From here on a search for the record's end may read on, up to where memory ends.
        window.wanted = window.base + p;
        int room = window.limit - p;
        if (room == 0) {
            return false;
        }
        if (room < LEADER_BYTES) {
            frame.lose(Defect.TRUNCATED_LEADER, window.base + p, hex(p));
            position = window.limit;
            return true;
        }
        int length = Bytes.number(window.data, p, 5);
        boolean usable = length >= SMALLEST && length <= room;
        if (usable && window.data[p + length - 1] == RECORD_TERMINATOR) {
            frame.set(window, p, p + length, p + length - 1);
            position = p + length;
        } else if (!isLeader(p)) {
            lose(frame, p);
        } else if (usable && isFollowedByRecordOrEnd(p + length)) {
            long last = window.base + p + length - 1;
            frame.set(window, p, p + length, p + length - 1, Defect.RECORD_TERMINATOR_MISSING, last);
            position = p + length;
        } else {
            endByTerminator(frame, p, length);
        }
        return true;
    }

    private void skipPadding(Frame frame) throws IOException {
        int p = position;
        long from = window.base + p;
        String found = null;
        if (from == 0 && startsWithByteOrderMark(p)) {
            found = hex(p);
            p += 3;
        }
        while (true) {
            if (p == window.limit) {
                if (window.atEnd) {
                    break;
                }
                p = window.slide(p);
            }
            if (!Bytes.isPadding(window.data[p])) {
                break;
            }
            if (found == null) {
                found = hex(p);
            }
            p++;
        }
        if (found != null) {
            frame.paddingOffset = from;
            frame.paddingFound = found;
        }
        position = p;
    }

    private boolean startsWithByteOrderMark(int p) {
        byte[] data = window.data;
        return window.limit - p >= 3
                && data[p] == (byte) 0xEF
                && data[p + 1] == (byte) 0xBB
                && data[p + 2] == (byte) 0xBF;
    }

    /// The bytes at `p` are lost up to a leader that can be trusted: one behind a record terminator, or one
    /// whose length leads to one.
    private void lose(Frame frame, int p) throws IOException {
        frame.lose(Defect.NOT_A_RECORD, window.base + p, hex(p));
        int q = p;
        boolean followsTerminator = false;
        while (true) {
            if (window.limit - q < Window.LOOKAHEAD && !window.atEnd) {
                q = window.slide(q);
            }
            byte b = window.data[q];
            followsTerminator = b == RECORD_TERMINATOR || (followsTerminator && Bytes.isPadding(b));
            q++;
            if (window.atEnd && window.limit - q < LEADER_BYTES) {
                position = window.limit;
                return;
            }
            if (isLeader(q) && (followsTerminator || hasGoodLength(q))) {
                position = q;
                return;
            }
        }
    }

    private boolean hasGoodLength(int q) throws IOException {
        int length = Bytes.number(window.data, q, 5);
        return length >= SMALLEST && has(q, length) && window.data[q + length - 1] == RECORD_TERMINATOR;
    }

    private void endByTerminator(Frame frame, int p, int length) throws IOException {
        int end = terminatorOf(p);
        boolean isTruncated = end < 0;
        int dataEnd = isTruncated ? window.limit : end;
        int past = isTruncated ? window.limit : end + 1;
        if (length < 0) {
            frame.set(window, p, past, dataEnd, Defect.LENGTH_NOT_NUMERIC, window.base + p);
        } else if (isTruncated && length >= SMALLEST) {
            frame.set(window, p, past, dataEnd, Defect.TRUNCATED_RECORD, window.base + past);
        } else {
            frame.set(window, p, past, dataEnd, Defect.LENGTH_MISMATCH, window.base + p);
        }
        position = past;
    }

    /// The terminator of the record at `p`, by what follows it rather than by a length; -1 where there is none.
    private int terminatorOf(int p) throws IOException {
        int first = -1;
        int from = p + LEADER_BYTES;
        while (from < p + SEARCH_BYTES) {
            int e = terminatorIn(from, p + SEARCH_BYTES);
            if (e < 0) {
                break;
            }
            if (isFollowedByRecordOrEnd(e + 1)) {
                return e;
            }
            first = first < 0 ? e : first;
            from = e + 1;
        }
        return first >= 0 ? first : terminatorIn(p + SEARCH_BYTES, Integer.MAX_VALUE);
    }

    /// The first record terminator in `from` to `to`, exclusive; -1 where the file has none there.
    private int terminatorIn(int from, int to) throws IOException {
        int searched = from;
        while (true) {
            int until = Math.min(to, window.limit);
            if (searched < until) {
                int e = Bytes.indexOf(window.data, searched, until, RECORD_TERMINATOR);
                if (e < until) {
                    return e;
                }
                searched = until;
            }
            if (until == to || window.atEnd) {
                return -1;
            }
            window.extend();
        }
    }

    private boolean isFollowedByRecordOrEnd(int q) throws IOException {
        int r = paddingEnd(q);
        return (r == window.limit && window.atEnd) || isLeader(r);
    }

    private int paddingEnd(int q) throws IOException {
        long offset = window.base + q;
        if (offset >= paddingFrom && offset < paddingTo) {
            return (int) (paddingTo - window.base);
        }
        int r = q;
        while (has(r, 1) && Bytes.isPadding(window.data[r])) {
            r++;
        }
        // A longer run that is still ahead is not forgotten for a shorter one: other records look across it too.
        if (r - q > paddingTo - paddingFrom || paddingTo <= offset()) {
            paddingFrom = offset;
            paddingTo = window.base + r;
        }
        return r;
    }

    private boolean isLeader(int q) throws IOException {
        return has(q, LEADER_BYTES) && Leader.isAt(window.data, q);
    }

    private boolean has(int q, int count) throws IOException {
        while (window.limit - q < count && !window.atEnd) {
            window.extend();
        }
        return window.limit - q >= count;
    }

    private String hex(int from) {
        int to = Math.min(window.limit, from + SHOWN_BYTES);
        return HexFormat.of().withUpperCase().formatHex(window.data, from, to);
    }

    /// Where reading may begin behind `cut` without having read what is before it: behind the first record
    /// terminator there that a leader follows. The size of the file where there is none.
    ///
    /// Only a guess: bytes of a field may look like this. A function of the bytes alone.
    static long guessStart(Window window, long cut) throws IOException {
        if (cut == 0) {
            return 0;
        }
        var framer = new Framer(window, cut);
        int from = framer.position;
        while (true) {
            if (window.limit - from < Window.LOOKAHEAD && !window.atEnd) {
                from = window.slide(from);
            }
            int e = Bytes.indexOf(window.data, from, window.limit, RECORD_TERMINATOR);
            if (e == window.limit) {
                if (window.atEnd) {
                    return window.size();
                }
                from = e;
                continue;
            }
            if (framer.isLeader(framer.paddingEnd(e + 1))) {
                return window.base + e + 1;
            }
            from = e + 1;
        }
    }
}
