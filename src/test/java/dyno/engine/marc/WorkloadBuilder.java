package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.ExtractMode;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Input;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import dyno.engine.marc.MarcWorkload.Validation;
import dyno.engine.marc.MarcWorkload.XmlIllegal;
import java.util.List;

/// Makes workloads for runners that get their input otherwise.
final class WorkloadBuilder {

    private final Strategy strategy;
    private final ErrorMode errorMode;
    private Operation operation = Operation.JSON;
    private JsonContainer container = JsonContainer.LINES;
    private boolean recordColumn;
    private XmlIllegal xmlIllegal = XmlIllegal.REPLACE;
    private int segments = 2;
    private int batchBytes = 262_144;
    private int queueBatches = 4;

    WorkloadBuilder(Strategy strategy, ErrorMode errorMode) {
        this.strategy = strategy;
        this.errorMode = errorMode;
    }

    WorkloadBuilder operation(Operation next) {
        operation = next;
        return this;
    }

    WorkloadBuilder segments(int count) {
        segments = count;
        return this;
    }

    WorkloadBuilder batches(int bytes, int queue) {
        batchBytes = bytes;
        queueBatches = queue;
        return this;
    }

    WorkloadBuilder inArray() {
        container = JsonContainer.ARRAY;
        return this;
    }

    WorkloadBuilder withRecordColumn() {
        recordColumn = true;
        return this;
    }

    WorkloadBuilder failingXml() {
        xmlIllegal = XmlIllegal.FAIL;
        return this;
    }

    MarcWorkload build() {
        return new MarcWorkload(
                new Input(null, null),
                operation,
                Implementation.DYNO,
                strategy,
                2,
                1,
                Source.MEMORY,
                Sink.FILE,
                errorMode,
                Validation.STRUCTURAL,
                CharacterSet.AUTO,
                Normalization.NFC,
                List.of("245$a"),
                ExtractMode.FIRST,
                container,
                recordColumn,
                xmlIllegal,
                segments,
                batchBytes,
                queueBatches);
    }
}
