package dyno.engine.etl;

import dyno.engine.kernel.SplitMix64;
import java.nio.charset.StandardCharsets;

/// Rows of T1. Owned by one thread at a time.
final class SummaryResults extends Results {

    /// One row.
    ///
    /// @param dataSize bytes of all blobs
    @SuppressWarnings("ArrayRecordComponent") // Compared by their canonical lines, never as records.
    record Summary(
            long userId,
            byte[] fullName,
            byte[] email,
            byte[] location,
            byte[] profileSummary,
            int activityCount,
            int transactionCount,
            int messageCount,
            int socialConnections,
            long dataSize) {}

    private static final byte[] USER_ID = ascii("{\"userId\":");
    private static final byte[] FULL_NAME = ascii(",\"fullName\":");
    private static final byte[] EMAIL = ascii(",\"email\":");
    private static final byte[] LOCATION = ascii(",\"location\":");
    private static final byte[] PROFILE = ascii(",\"profileSummary\":");
    private static final byte[] ACTIVITIES = ascii(",\"activityCount\":");
    private static final byte[] TRANSACTIONS = ascii(",\"transactionCount\":");
    private static final byte[] MESSAGES = ascii(",\"messageCount\":");
    private static final byte[] CONNECTIONS = ascii(",\"socialConnections\":");
    private static final byte[] DATA_SIZE = ascii(",\"dataSize\":");

    private final Summary[] rows;

    SummaryResults(int capacity) {
        this.rows = new Summary[capacity];
    }

    void set(int row, Summary summary) {
        rows[row] = summary;
    }

    Summary row(int row) {
        return rows[row];
    }

    @Override
    long id(int row) {
        return rows[row].userId();
    }

    @Override
    long value(int row) {
        var summary = rows[row];
        long texts = (long) summary.fullName().length
                + summary.email().length
                + summary.location().length
                + summary.profileSummary().length;
        return SplitMix64.mix(summary.userId() + summary.dataSize() + (texts << 32));
    }

    @Override
    void appendLine(int row, LineBuffer to) {
        var summary = rows[row];
        to.raw(USER_ID).number(summary.userId());
        to.raw(FULL_NAME).text(summary.fullName());
        to.raw(EMAIL).text(summary.email());
        to.raw(LOCATION).text(summary.location());
        to.raw(PROFILE).text(summary.profileSummary());
        to.raw(ACTIVITIES).number((long) summary.activityCount());
        to.raw(TRANSACTIONS).number((long) summary.transactionCount());
        to.raw(MESSAGES).number((long) summary.messageCount());
        to.raw(CONNECTIONS).number((long) summary.socialConnections());
        to.raw(DATA_SIZE).number(summary.dataSize()).raw('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
