package dyno.engine.marc;

/// The dump of all records that can be written, in the form in which they come back.
final class WritableDump extends RecordConsumer {

    private final RoundTripFormat format = new RoundTripFormat();
    private final DumpFormat dump = DumpFormat.ofContent();
    private final Output trial = Output.keeping();

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        int before = findings.size();
        trial.clear();
        format.accept(view, index, trial, findings);
        if (findings.size() == before) {
            dump.accept(view, index, output, findings);
        }
    }
}
