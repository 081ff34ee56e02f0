package dyno.engine.etl;

import dyno.engine.kernel.SplitMix64;
import java.nio.charset.StandardCharsets;

/// Rows of T0, T2 and T3, be they objects or columns.
abstract class ActivityResults extends Results {

    private static final byte[] USER_ID = ascii("{\"userId\":");
    private static final byte[] NAME = ascii(",\"displayName\":");
    private static final byte[] ACTIVITIES = ascii(",\"totalActivities\":");
    private static final byte[] SCORE = ascii(",\"engagementScore\":");
    private static final byte[] FINGERPRINT = ascii(",\"dataFingerprint\":");

    /// Whether rows have id and fingerprint only: T0.
    abstract boolean isBare();

    abstract int totalActivities(int row);

    abstract float engagementScore(int row);

    abstract long dataFingerprint(int row);

    /// Where the display name's bytes stand; with [#nameOffset] and [#nameLength].
    abstract byte[] nameBytes(int row);

    abstract int nameOffset(int row);

    abstract int nameLength(int row);

    @Override
    long value(int row) {
        long sum = id(row) + dataFingerprint(row);
        return SplitMix64.mix(isBare() ? sum : sum + activityBits(totalActivities(row), engagementScore(row)));
    }

    static long activityBits(int totalActivities, float engagementScore) {
        // Scores are positive, so that the int's sign does not spill into the upper half.
        return (long) totalActivities << 32 | Float.floatToRawIntBits(engagementScore);
    }

    @Override
    void appendLine(int row, LineBuffer to) {
        to.raw(USER_ID).number(id(row));
        if (!isBare()) {
            to.raw(NAME).text(nameBytes(row), nameOffset(row), nameLength(row));
            to.raw(ACTIVITIES).number((long) totalActivities(row));
            to.raw(SCORE).decimal(engagementScore(row));
        }
        to.raw(FINGERPRINT).hex(dataFingerprint(row)).raw('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
