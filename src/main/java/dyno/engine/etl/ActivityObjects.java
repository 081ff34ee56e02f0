package dyno.engine.etl;

/// Rows of T0, T2 and T3 as objects.
final class ActivityObjects extends ActivityResults {

    /// @param displayName empty for T0, as are the two after it
    @SuppressWarnings("ArrayRecordComponent") // Compared by their canonical lines, never as records.
    record Activity(
            long userId, byte[] displayName, int totalActivities, float engagementScore, long dataFingerprint) {}

    private final Activity[] rows;
    private final boolean isBare;

    ActivityObjects(int capacity, boolean isBare) {
        this.rows = new Activity[capacity];
        this.isBare = isBare;
    }

    void set(int row, Activity activity) {
        rows[row] = activity;
    }

    @Override
    boolean isBare() {
        return isBare;
    }

    @Override
    long id(int row) {
        return rows[row].userId();
    }

    @Override
    int totalActivities(int row) {
        return rows[row].totalActivities();
    }

    @Override
    float engagementScore(int row) {
        return rows[row].engagementScore();
    }

    @Override
    long dataFingerprint(int row) {
        return rows[row].dataFingerprint();
    }

    @Override
    byte[] nameBytes(int row) {
        return rows[row].displayName();
    }

    @Override
    int nameOffset(int row) {
        return 0;
    }

    @Override
    int nameLength(int row) {
        return rows[row].displayName().length;
    }
}
