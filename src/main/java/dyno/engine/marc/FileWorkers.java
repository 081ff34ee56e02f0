package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.Implementation;
import java.util.List;

/// Makes workers that read files; WRITE, which reads none, has its own.
final class FileWorkers {

    private FileWorkers() {}

    static FileWorker of(MarcWorkload workload, List<InputFile> files, Cancellation cancellation) {
        return workload.implementation() == Implementation.MARC4J
                ? new Marc4jWorker(workload, files, cancellation)
                : new CodecWorker(ReadSettings.of(workload), Consumers.of(workload), files, cancellation);
    }
}
