package dyno.engine.aggregation;

/// What was counted of input rows. Used by one thread at a time; those of several threads are added up.
final class RowCounts {

    /// Pod rows within the period, dropped ones among them.
    long inPeriod;
    /// Of pod and storage rows.
    long anomalous;

    long withoutNode;
    long malformedLabels;
    long firstDay = Long.MAX_VALUE;
    long lastDay = Long.MIN_VALUE;
    long labelRows;
    long storageRows;

    void day(long day) {
        firstDay = Math.min(firstDay, day);
        lastDay = Math.max(lastDay, day);
    }

    void add(RowCounts other) {
        inPeriod += other.inPeriod;
        anomalous += other.anomalous;
        withoutNode += other.withoutNode;
        malformedLabels += other.malformedLabels;
        labelRows += other.labelRows;
        storageRows += other.storageRows;
        firstDay = Math.min(firstDay, other.firstDay);
        lastDay = Math.max(lastDay, other.lastDay);
    }
}
