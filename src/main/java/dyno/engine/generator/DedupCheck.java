package dyno.engine.generator;

import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.LongSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Whether as many units are distinct as the ratio says, told from the bytes. Used by one thread at a time.
final class DedupCheck {

    private static final int FINGERPRINT_BYTES = 64;
    private static final int PAIRS = 16;

    private final Content content;
    private final DedupPlan plan;
    private final ReferenceContent reference;
    private final ContentWriter writer;
    private final HeapDestination start = new HeapDestination(FINGERPRINT_BYTES);
    private final long unitBytes;
    private final long units;
    private final long firstUnits;
    private final long lastUnits;
    private final LongSet set;

    /// Looks at up to 2^20 units from the start and 2^16 at the end; 2^14 and 2^10 where verification is to be short.
    DedupCheck(Content content, Depth depth) {
        this.content = content;
        this.plan = content.dedupPlan();
        this.reference = new ReferenceContent(content);
        this.writer = ContentWriter.of(content);
        this.unitBytes = content.ratios().dedupUnitBytes();
        // A tail that is shorter than a fingerprint cannot be told from the beginning of its unit.
        this.units = plan.units() - (tailIsTooShort() ? 1 : 0);
        this.firstUnits = Math.min(units, depth == Depth.FULL ? 1 << 20 : 1 << 14);
        this.lastUnits = Math.min(units - firstUnits, depth == Depth.FULL ? 1 << 16 : 1 << 10);
        this.set = new LongSet((int) Math.max(1, firstUnits + lastUnits));
    }

    @Nullable
    String difference() {
        long expected = distinct(content.layout() == Layout.DGEN ? plan::contentId : reference::contentId);
        long found = distinct(this::fingerprint);
        if (found != expected) {
            return "%d of %d units are distinct, not %d".formatted(found, firstUnits + lastUnits, expected);
        }
        if (firstUnits == plan.units() && found != plan.distinctUnits()) {
            return "%d units are distinct, but %d are reported".formatted(found, plan.distinctUnits());
        }
        return comparePairs();
    }

    private long distinct(java.util.function.LongUnaryOperator of) {
        set.clear();
        for (long unit = 0; unit < firstUnits; unit++) {
            set.add(of.applyAsLong(unit));
        }
        for (long unit = units - lastUnits; unit < units; unit++) {
            set.add(of.applyAsLong(unit));
        }
        return set.size();
    }

    private long fingerprint(long unit) {
        writer.write(start, 0, FINGERPRINT_BYTES, unit * unitBytes);
        return ContentChecks.fingerprint(start.array(), 0, FINGERPRINT_BYTES);
    }

    private boolean tailIsTooShort() {
        long tail = content.length() % unitBytes;
        return tail > 0 && tail < FINGERPRINT_BYTES;
    }

    private @Nullable String comparePairs() {
        long whole = content.length() / unitBytes;
        if (whole < 2) {
            return null;
        }
        var random = new SplittableRandom(content.seed());
        for (int i = 0; i < PAIRS; i++) {
            long unit = random.nextLong(whole);
            long other = (unit + 1 + random.nextLong(whole - 1)) % whole;
            var difference = compare(unit, other);
            if (difference == null) {
                difference = compare(unit, twin(unit, whole));
            }
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /// The next unit of the window that has the same content, or the unit itself.
    private long twin(long unit, long whole) {
        long id = plan.contentId(unit);
        long limit = Math.min(whole, unit + set.size() + 1L);
        for (long other = unit + 1; other < limit; other++) {
            if (plan.contentId(other) == id) {
                return other;
            }
        }
        return unit;
    }

    private @Nullable String compare(long unit, long other) {
        boolean expected = plan.contentId(unit) == plan.contentId(other);
        boolean equal = true;
        var a = new StreamReader(content);
        var b = new StreamReader(content);
        for (long done = 0; equal && done < unitBytes; done += StreamReader.PIECE_BYTES) {
            int count = (int) Math.min(StreamReader.PIECE_BYTES, unitBytes - done);
            equal = Arrays.equals(a.bytes(unit * unitBytes + done, count), b.bytes(other * unitBytes + done, count));
        }
        return equal == expected
                ? null
                : "units %d and %d are %s".formatted(unit, other, equal ? "equal" : "not equal");
    }
}
