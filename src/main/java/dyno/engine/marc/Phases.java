package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Operation;

/// Which phase a worker's time belongs to.
final class Phases {

    private Phases() {}

    /// Whether an operation ends with reading; all others read and serialise record by record, so that the two
    /// cannot be told apart without a clock call for each record.
    static boolean onlyReads(Operation operation) {
        return operation == Operation.READ || operation == Operation.READ_EAGER;
    }

    static void addBusy(RunResult run, PartResult part, boolean onlyReads) {
        if (onlyReads) {
            run.readNanos += part.busyNanos();
        } else {
            run.serialiseNanos += part.busyNanos();
        }
    }
}
