package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Byte texts and an int for each. Lookups of what is there take no lock; additions take that of one of 64 stripes.
/// Safe for any number of threads.
///
/// With a bound on its bytes it is a cache: a stripe that outgrows its share is emptied.
final class TextMap {

    /// Makes the value of a text that is not there yet. Called once for each text, but again once it was dropped.
    @FunctionalInterface
    interface Maker {
        /// @param text a copy, to be kept and not to be changed
        int make(byte[] text);
    }

    private static final int STRIPES = 64;
    private static final int FIRST_SLOTS = 64;

    /// Array header, references and slots of an entry.
    private static final int ENTRY_BYTES = 48;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final long stripeBytes;
    private final LongAdder additions = new LongAdder();

    /// @param boundBytes what all entries may take together; `Long.MAX_VALUE` for no bound
    TextMap(long boundBytes) {
        this.stripeBytes = boundBytes / STRIPES;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// The text's value; `maker` makes it where the text is not there.
    int valueOf(byte[] bytes, int from, int length, Maker maker) {
        return entry(bytes, from, length, maker).value;
    }

    /// How often a value was made.
    long additions() {
        return additions.sum();
    }

    /// One thread's way through the texts. Input repeats its texts in the same order, so each entry remembers which one
    /// came after it: where the guess holds, nothing is hashed, and memory is read in the order in which it was
    /// made.
    final class Cursor {

        private @Nullable Entry last;

        /// As [TextMap#valueOf].
        int valueOf(byte[] bytes, int from, int length, Maker maker) {
            var before = last;
            var guess = before == null ? null : before.next;
            if (guess != null && guess.is(bytes, from, length)) {
                last = guess;
                return guess.value;
            }
            var found = entry(bytes, from, length, maker);
            if (before != null) {
                before.next = found;
            }
            last = found;
            return found.value;
        }
    }

    private Entry entry(byte[] bytes, int from, int length, Maker maker) {
        int hash = TextHash.of(bytes, from, length);
        var stripe = stripes[hash >>> 26];
        var entry = stripe.find(bytes, from, length, hash);
        return entry != null ? entry : stripe.add(bytes, from, length, hash, maker);
    }

    private static final class Entry {

        private final byte[] text;
        private final int hash;
        private final int value;
        /// A guess of any thread's; entries are published by their final fields alone.
        private @Nullable Entry next;

        Entry(byte[] text, int hash, int value) {
            this.text = text;
            this.hash = hash;
            this.value = value;
        }

        boolean is(byte[] bytes, int from, int length) {
            return text.length == length && Arrays.equals(text, 0, length, bytes, from, from + length);
        }

        boolean is(byte[] bytes, int from, int length, int otherHash) {
            return hash == otherHash && is(bytes, from, length);
        }
    }

    private final class Stripe {

        private final ReentrantLock lock = new ReentrantLock();
        /// Entries are immutable, so a reader that sees one sees all of it; one that sees none asks again under the
        /// lock.
        private volatile @Nullable Entry[] slots = new @Nullable Entry[FIRST_SLOTS];
        private int size;
        private long bytes;

        @Nullable
        Entry find(byte[] text, int from, int length, int hash) {
            var table = slots;
            int mask = table.length - 1;
            int slot = hash & mask;
            while (true) {
                var entry = table[slot];
                if (entry == null || entry.is(text, from, length, hash)) {
                    return entry;
                }
                slot = (slot + 1) & mask;
            }
        }

        Entry add(byte[] text, int from, int length, int hash, Maker maker) {
            lock.lock();
            try {
                var there = find(text, from, length, hash);
                if (there != null) {
                    return there;
                }
                byte[] kept = Arrays.copyOfRange(text, from, from + length);
                int value = maker.make(kept);
                long entryBytes = (long) length + ENTRY_BYTES;
                if (bytes + entryBytes > stripeBytes) {
                    slots = new @Nullable Entry[FIRST_SLOTS];
                    size = 0;
                    bytes = 0;
                }
                var entry = new Entry(kept, hash, value);
                place(entry);
                bytes += entryBytes;
                additions.increment();
                return entry;
            } finally {
                lock.unlock();
            }
        }

        private void place(Entry entry) {
            var table = slots;
            if (2 * ++size > table.length) {
                var larger = new @Nullable Entry[2 * table.length];
                for (var old : table) {
                    if (old != null) {
                        put(larger, old);
                    }
                }
                table = larger;
            }
            put(table, entry);
            slots = table;
        }

        private static void put(@Nullable Entry[] table, Entry entry) {
            int mask = table.length - 1;
            int slot = entry.hash & mask;
            while (table[slot] != null) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry;
        }
    }
}
