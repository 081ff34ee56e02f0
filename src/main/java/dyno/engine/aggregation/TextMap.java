package dyno.engine.aggregation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Byte texts and an int for each. Lookups of what is there take no lock; additions take that of one of 64 stripes.
/// Safe for any number of threads, [#clear] excepted.
///
/// With a bound on its bytes it is a cache: a stripe that outgrows its share is emptied.
final class TextMap {

    /// Makes the value of a text that is not there yet. Called once for each text, but again once it was dropped.
    @FunctionalInterface
    interface Maker {
        /// @param block holds the text until the map is cleared, or for good where it was dropped; not to be changed
        int make(byte[] block, int from, int length);
    }

    private static final int STRIPES = 64;
    private static final int FIRST_SLOTS = 64;
    private static final int TRIES = 100;
    private static final long PAUSE_NANOS = 10_000;

    /// References, slots and fields of an entry.
    private static final int ENTRY_BYTES = 48;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);
    private static final VarHandle NEXT;
    private static final VarHandle LOCKED;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Entry.class, "next", Entry.class);
            LOCKED = MethodHandles.lookup().findVarHandle(Stripe.class, "locked", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final long stripeBytes;
    private final LongAdder additions = new LongAdder();
    /// Of the cursors by number: what a thread adds lies in the order in which it met it, which is how it meets it
    /// again.
    private final List<Room> rooms = new ArrayList<>();
    private int cursors;

    /// @param boundBytes what all entries may take together; `Long.MAX_VALUE` for no bound
    TextMap(long boundBytes) {
        this.stripeBytes = boundBytes / STRIPES;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// The text's value; `maker` makes it where the text is not there.
    int valueOf(byte[] bytes, int from, int length, Maker maker) {
        return entry(bytes, from, length, maker, null).value;
    }

    /// A cursor for one thread.
    synchronized Cursor cursor() {
        if (cursors == rooms.size()) {
            rooms.add(new Room());
        }
        return new Cursor(rooms.get(cursors++));
    }

    /// How often a value was made.
    long additions() {
        return additions.sum();
    }

    /// Forgets all texts and keeps the memory. Nobody may use the map meanwhile, a cursor from before, or a text that a
    /// maker was given.
    synchronized void clear() {
        for (var stripe : stripes) {
            stripe.clear();
        }
        rooms.forEach(Room::clear);
        cursors = 0;
        additions.reset();
    }

    /// One thread's way through the texts. Input repeats its texts in the same order, so each entry remembers which one
    /// came after it: where the guess holds, nothing is hashed, and memory is read in the order in which it was
    /// made.
    final class Cursor {

        private final Room room;
        private @Nullable Entry last;

        private Cursor(Room room) {
            this.room = room;
        }

        /// As [TextMap#valueOf], for texts in no order.
        int find(byte[] bytes, int from, int length, Maker maker) {
            return entry(bytes, from, length, maker, room).value;
        }

        /// As [TextMap#valueOf].
        int valueOf(byte[] bytes, int from, int length, Maker maker) {
            var before = last;
            var guess = before == null ? null : before.guess();
            if (guess != null && guess.is(bytes, from, length)) {
                last = guess;
                return guess.value;
            }
            var found = entry(bytes, from, length, maker, room);
            if (before != null) {
                NEXT.setRelease(before, found);
            }
            last = found;
            return found.value;
        }
    }

    /// @param room for a new text; null for the stripe's own
    private Entry entry(byte[] bytes, int from, int length, Maker maker, @Nullable Room room) {
        int hash = TextHash.of(bytes, from, length);
        var stripe = stripes[hash >>> 26];
        var entry = stripe.find(bytes, from, length, hash);
        return entry != null ? entry : stripe.add(bytes, from, length, hash, maker, room);
    }

    /// Written once between two [TextMap#clear], before anybody else can see it: it is passed on with release and
    /// acquire alone.
    private static final class Entry {

        private byte[] block = {};
        private int from;
        private int length;
        private int hash;
        private int value;
        /// A guess of any thread's, read and written by [#NEXT].
        @SuppressWarnings("UnusedVariable")
        private @Nullable Entry next;

        /// @param texts that the text was added to last
        void set(TextBlocks texts, int newLength, int newHash, int newValue) {
            block = texts.block();
            from = texts.from();
            length = newLength;
            hash = newHash;
            value = newValue;
            next = null;
        }

        @Nullable
        Entry guess() {
            return (Entry) NEXT.getAcquire(this);
        }

        boolean is(byte[] bytes, int start, int count) {
            return length == count && Arrays.equals(block, from, from + length, bytes, start, start + count);
        }

        boolean is(byte[] bytes, int start, int count, int otherHash) {
            return hash == otherHash && is(bytes, start, count);
        }
    }

    /// Memory for texts and their entries, which is used again after clearing. Used by one thread at a time.
    private static final class Room {

        private final TextBlocks texts = new TextBlocks();
        /// The first `used` are in the map, the others from before the last clearing.
        private @Nullable Entry[] entries = new @Nullable Entry[16];
        private int used;

        Entry unused() {
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, 2 * used);
            }
            var entry = entries[used];
            if (entry == null) {
                entry = new Entry();
                entries[used] = entry;
            }
            used++;
            return entry;
        }

        /// Others may be looking at what is here, so that nothing of it is used again.
        void abandon() {
            texts.abandon();
            entries = new @Nullable Entry[16];
            used = 0;
        }

        void clear() {
            texts.clear();
            used = 0;
        }
    }

    private final class Stripe {

        /// 1 while somebody adds, by [#LOCKED]. Beside what it guards, in one cache line: with a lock of its own, every
        /// addition waits for one line more from the other processor.
        @SuppressWarnings("UnusedVariable")
        private int locked;
        /// A reader that sees an entry sees all of it; one that sees none asks again under the lock.
        private volatile @Nullable Entry[] slots = new @Nullable Entry[FIRST_SLOTS];
        private final Room own = new Room();
        private int size;
        private long bytes;

        @Nullable
        Entry find(byte[] text, int from, int length, int hash) {
            var table = slots;
            int mask = table.length - 1;
            int slot = hash & mask;
            while (true) {
                var entry = (Entry) SLOT.getAcquire(table, slot);
                if (entry == null || entry.is(text, from, length, hash)) {
                    return entry;
                }
                slot = (slot + 1) & mask;
            }
        }

        Entry add(byte[] text, int from, int length, int hash, Maker maker, @Nullable Room cursors) {
            lock();
            try {
                var there = find(text, from, length, hash);
                if (there != null) {
                    return there;
                }
                long entryBytes = (long) length + ENTRY_BYTES;
                var room = cursors == null ? own : cursors;
                if (bytes + entryBytes > stripeBytes) {
                    drop();
                    room.abandon();
                }
                var texts = room.texts;
                texts.add(text, from, length);
                int value = maker.make(texts.block(), texts.from(), length);
                var entry = room.unused();
                entry.set(texts, length, hash, value);
                place(entry);
                bytes += entryBytes;
                additions.increment();
                return entry;
            } finally {
                LOCKED.setRelease(this, 0);
            }
        }

        /// For a microsecond or two; whoever holds it may have been preempted where threads outnumber processors.
        private void lock() {
            int tries = 0;
            while (!LOCKED.compareAndSet(this, 0, 1)) {
                if (++tries < TRIES) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        private void drop() {
            slots = new @Nullable Entry[FIRST_SLOTS];
            size = 0;
            bytes = 0;
        }

        void clear() {
            if (size > 0) {
                Arrays.fill(slots, null);
            }
            own.clear();
            size = 0;
            bytes = 0;
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
            SLOT.setRelease(table, slot, entry);
        }
    }
}
