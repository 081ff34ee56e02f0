package dyno.engine.etl;

import dyno.engine.kernel.SplitMix64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Rows of T0, T2 and T3 as columns beside those of the batch that they were made of. Names stand in slots of 32
/// bytes,
/// so that slices of a batch can be transformed at the same time.
final class ActivityColumns extends ActivityResults {

    private static final int NAME_SLOT = 32;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// `User #` as the low six bytes.
    private static final long PREFIX = 0x232072657355L;

    private static final int PREFIX_BYTES = 6;

    private final boolean isBare;
    private final long[] userId;
    private final long[] fingerprint;
    private final int[] totalActivities;
    private final float[] engagementScore;
    private final byte[] nameLength;
    private final byte[] names;

    ActivityColumns(int capacity, boolean isBare) {
        this.isBare = isBare;
        this.userId = new long[capacity];
        this.fingerprint = new long[capacity];
        int rest = isBare ? 0 : capacity;
        this.totalActivities = new int[rest];
        this.engagementScore = new float[rest];
        this.nameLength = new byte[rest];
        this.names = new byte[rest * NAME_SLOT];
    }

    /// T0 of some records.
    void identify(OptimisedColumns batch, int from, int to) {
        batch.copyIds(from, to, userId, fingerprint);
    }

    /// T2 of some records.
    void summarise(OptimisedColumns batch, int from, int to) {
        batch.copyIds(from, to, userId, fingerprint);
        batch.totals(from, to, totalActivities, engagementScore);
        names(batch, from, to);
    }

    /// The name's digits are those of the user name, which stands in the batch already.
    private void names(OptimisedColumns batch, int from, int to) {
        var texts = batch.texts();
        byte[] text = texts.area();
        byte[] target = names;
        byte[] lengths = nameLength;
        for (int row = from; row < to; row++) {
            int at = row * NAME_SLOT;
            int digits = texts.nameLength(row) - 1;
            int source = texts.offset(row) + 1;
            LONGS.set(target, at, PREFIX);
            if (digits <= Long.BYTES) {
                // Runs over the name's end into its slot.
                LONGS.set(target, at + PREFIX_BYTES, (long) LONGS.get(text, source));
            } else {
                System.arraycopy(text, source, target, at + PREFIX_BYTES, digits);
            }
            lengths[row] = (byte) (PREFIX_BYTES + digits);
        }
    }

    void fingerprint(int row, long value) {
        fingerprint[row] = value;
    }

    @Override
    boolean isBare() {
        return isBare;
    }

    @Override
    long id(int row) {
        return userId[row];
    }

    @Override
    int totalActivities(int row) {
        return totalActivities[row];
    }

    @Override
    float engagementScore(int row) {
        return engagementScore[row];
    }

    @Override
    long dataFingerprint(int row) {
        return fingerprint[row];
    }

    @Override
    byte[] nameBytes(int row) {
        return names;
    }

    @Override
    int nameOffset(int row) {
        return row * NAME_SLOT;
    }

    @Override
    int nameLength(int row) {
        return nameLength[row];
    }

    /// As the general one, in one loop over arrays (benchmark: `EtlTransformBenchmark`).
    @Override
    void tally(int from, int to, Tally tally) {
        long sum = 0;
        long xor = 0;
        long[] ids = userId;
        long[] fingerprints = fingerprint;
        if (isBare) {
            for (int row = from; row < to; row++) {
                long value = SplitMix64.mix(ids[row] + fingerprints[row]);
                sum += value;
                xor ^= value;
            }
        } else {
            int[] totals = totalActivities;
            float[] scores = engagementScore;
            for (int row = from; row < to; row++) {
                long value = SplitMix64.mix(ids[row] + fingerprints[row] + activityBits(totals[row], scores[row]));
                sum += value;
                xor ^= value;
            }
        }
        tally.addValues(sum, xor);
    }
}
