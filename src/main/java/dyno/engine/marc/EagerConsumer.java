package dyno.engine.marc;

import java.util.function.Consumer;

/// READ_EAGER: an object of every record, handed on.
final class EagerConsumer extends RecordConsumer {

    private final RecordMaker maker = new RecordMaker();
    private final Consumer<MarcRecord> taker;

    EagerConsumer(Consumer<MarcRecord> taker) {
        this.taker = taker;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        taker.accept(maker.make(view));
    }
}
