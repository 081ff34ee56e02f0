package dyno.engine.marc;

/// READ: structure only, nothing is kept.
final class WalkConsumer extends RecordConsumer {

    @Override
    boolean looksAtValues() {
        return false;
    }

    @Override
    boolean onlyCounts() {
        return true;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {}
}
