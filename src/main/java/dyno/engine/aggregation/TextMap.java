package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Byte texts and an int for each. Lookups of what is there take no lock; additions take that of one of 64 stripes.
/// Safe for any number of threads.
///
/// With a bound on its bytes it is a cache: a stripe that outgrows its share is emptied.
final class TextMap {

    /// Makes the value of a text that is not there yet. Called once for each text, but again once it was dropped.
    @FunctionalInterface
    interface Maker {
        int make(byte[] bytes, int from, int length);
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
        int hash = TextHash.of(bytes, from, length);
        var stripe = stripes[hash >>> 26];
        var entry = stripe.find(bytes, from, length, hash);
        return entry != null ? entry.value : stripe.add(bytes, from, length, hash, maker);
    }

    /// How often a value was made.
    long additions() {
        return additions.sum();
    }

    private record Entry(byte[] text, int hash, int value) {

        boolean is(byte[] bytes, int from, int length, int otherHash) {
            return hash == otherHash && Arrays.equals(text, 0, text.length, bytes, from, from + length);
        }
    }

    private final class Stripe {

        private final ReentrantLock lock = new ReentrantLock();
        /// Entries are immutable, so a reader that sees one sees all of it; one that sees none asks again under the
        /// lock.
        private volatile @org.jspecify.annotations.Nullable Entry[] slots = new Entry[FIRST_SLOTS];
        private int size;
        private long bytes;

        @org.jspecify.annotations.Nullable
        Entry find(byte[] text, int from, int length, int hash) {
            var table = slots;
            int mask = table.length - 1;
            int slot = hash & mask;
            while (true) {
                var entry = table[slot];
                if (entry == null || entry.is(text, from, length, hash)) {
                    return entry;
                }
                slot = slot + 1 & mask;
            }
        }

        int add(byte[] text, int from, int length, int hash, Maker maker) {
            lock.lock();
            try {
                var there = find(text, from, length, hash);
                if (there != null) {
                    return there.value;
                }
                int value = maker.make(text, from, length);
                long entryBytes = length + ENTRY_BYTES;
                if (bytes + entryBytes > stripeBytes) {
                    slots = new Entry[FIRST_SLOTS];
                    size = 0;
                    bytes = 0;
                }
                place(new Entry(Arrays.copyOfRange(text, from, from + length), hash, value));
                bytes += entryBytes;
                additions.increment();
                return value;
            } finally {
                lock.unlock();
            }
        }

        private void place(Entry entry) {
            var table = slots;
            if (2 * ++size > table.length) {
                var larger = new Entry[2 * table.length];
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

        private static void put(@org.jspecify.annotations.Nullable Entry[] table, Entry entry) {
            int mask = table.length - 1;
            int slot = entry.hash & mask;
            while (table[slot] != null) {
                slot = slot + 1 & mask;
            }
            table[slot] = entry;
        }
    }
}
