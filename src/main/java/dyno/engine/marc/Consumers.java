package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Implementation;
import org.jspecify.annotations.Nullable;

/// Makes what an operation does with records; each worker has one of its own.
final class Consumers {

    private Consumers() {}

    static RecordConsumer of(MarcWorkload workload) {
        return switch (workload.operation()) {
            case READ -> new WalkConsumer();
            case READ_EAGER -> new EagerConsumer(new Last());
            case EXTRACT -> new ExtractFormat(workload.extract(), workload.extractMode());
            case JSON -> JsonFormat.marcInJson(workload.jsonContainer());
            case MARCJSON -> JsonFormat.arrayShape(workload.jsonContainer());
            case MARCXML -> new MarcXmlFormat(workload.xmlIllegal());
            case CSV -> new CsvFormat(workload.csvRecordColumn());
            case DUBLIN_CORE -> new DublinCoreFormat(workload.xmlIllegal());
            case WRITE, ROUND_TRIP -> new RoundTripFormat();
        };
    }

    /// What stands before, between and behind records; the peer's writers do that by themselves.
    static RecordConsumer framing(MarcWorkload workload) {
        return workload.implementation() == Implementation.MARC4J ? new WalkConsumer() : of(workload);
    }

    /// Keeps the last record reachable, so that no compiler may leave its making out.
    private static final class Last implements java.util.function.Consumer<MarcRecord> {

        @SuppressWarnings("unused")
        private volatile @Nullable MarcRecord last;

        @Override
        public void accept(MarcRecord marc) {
            last = marc;
        }
    }
}
