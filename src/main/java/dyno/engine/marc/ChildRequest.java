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
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

/// What a child process has to do.
///
/// @param workload   of which only what says how to read and serialise one file arrives
/// @param input      the file
/// @param name       what errors call it
/// @param outputMode see [OutputMode]
/// @param output     where the output goes, if it is stored
/// @param result     where the answer goes
/// @param keepErrors how many errors are kept whole
record ChildRequest(
        MarcWorkload workload,
        Path input,
        String name,
        OutputMode outputMode,
        Path output,
        Path result,
        int keepErrors) {

    enum OutputMode {
        DISCARD,
        STORE,
        DIGEST
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(workload.operation().name());
        out.writeUTF(workload.implementation().name());
        out.writeUTF(workload.errorMode().name());
        out.writeUTF(workload.validation().name());
        out.writeUTF(workload.characterSet().name());
        out.writeUTF(workload.normalization().name());
        out.writeInt(workload.extract().size());
        for (var spec : workload.extract()) {
            out.writeUTF(spec);
        }
        out.writeUTF(workload.extractMode().name());
        out.writeUTF(workload.jsonContainer().name());
        out.writeBoolean(workload.csvRecordColumn());
        out.writeUTF(workload.xmlIllegal().name());
        out.writeUTF(input.toString());
        out.writeUTF(name);
        out.writeUTF(outputMode.name());
        out.writeUTF(output.toString());
        out.writeUTF(result.toString());
        out.writeInt(keepErrors);
    }

    static ChildRequest read(DataInput in) throws IOException {
        var operation = Operation.valueOf(in.readUTF());
        var implementation = Implementation.valueOf(in.readUTF());
        var errorMode = ErrorMode.valueOf(in.readUTF());
        var validation = Validation.valueOf(in.readUTF());
        var characterSet = CharacterSet.valueOf(in.readUTF());
        var normalization = Normalization.valueOf(in.readUTF());
        var extract = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            extract.add(in.readUTF());
        }
        var workload = new MarcWorkload(
                new Input(null, null),
                operation,
                implementation,
                Strategy.SEQUENTIAL,
                1,
                1,
                Source.FILE,
                Sink.DISCARD,
                errorMode,
                validation,
                characterSet,
                normalization,
                extract,
                ExtractMode.valueOf(in.readUTF()),
                JsonContainer.valueOf(in.readUTF()),
                in.readBoolean(),
                XmlIllegal.valueOf(in.readUTF()),
                1,
                Batches.DEFAULT_BYTES,
                Batches.DEFAULT_QUEUE);
        return new ChildRequest(
                workload,
                Path.of(in.readUTF()),
                in.readUTF(),
                OutputMode.valueOf(in.readUTF()),
                Path.of(in.readUTF()),
                Path.of(in.readUTF()),
                in.readInt());
    }

    /// What the fields of a pipeline are where there is none.
    private static final class Batches {
        static final int DEFAULT_BYTES = 262_144;
        static final int DEFAULT_QUEUE = 4;
    }
}
