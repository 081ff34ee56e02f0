package dyno.job;

/// A stored event of a job.
///
/// @param id      1 for the job's first, one more for each that follows
/// @param type    as it stands in the stream
/// @param payload JSON on one line
record JobEvent(long id, String type, String payload) {

    boolean isEnd() {
        return type.equals(EventType.END.word());
    }
}
