package dyno.engine.grouping;

/// What must be the same between cases of a job, and on what it depends: neither strategy nor workers, memory,
/// transport
/// or the number of input files are in here.
record AgreementKeys(GroupingWorkload workload) {

    /// Of the digest of the records' content.
    String content() {
        return String.join(
                "|",
                rows(),
                workload.split().name(),
                String.valueOf(workload.trainRatio()),
                "sample " + workload.sampleKeys());
    }

    /// Of the files' bytes.
    String files() {
        return String.join(
                "|",
                content(),
                String.valueOf(workload.maxRowBytes()),
                String.valueOf(workload.groupSize()),
                workload.compression().name(),
                String.valueOf(workload.compressionLevel()));
    }

    private String rows() {
        var generate = workload.input().generate();
        return generate == null
                ? "dataset " + workload.input().dataset()
                : "%d|%d|%s|%d|%s"
                        .formatted(
                                generate.measurements(),
                                generate.probes(),
                                generate.skew(),
                                generate.seed(),
                                generate.rowOrder());
    }
}
