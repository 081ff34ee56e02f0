package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.kernel.ChunkRange;
import dyno.engine.parquet.OutputColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Writes generated input below a folder, file by file. Files are independent of each other; instances are safe for
/// any number of threads.
///
/// ```text
/// data/org1/OCP/source={uuid}/year=2025/month=10/day=01/openshift_pod_usage_line_items/part-00000.parquet
/// ```
final class GeneratedTables {

    /// Part of the cache's key: raised whenever the same workload would give other rows.
    static final int VERSION = 1;

    private static final String SOURCE = "00000000-0000-4000-8000-000000000001";
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final double ABSURD = 2e18;
    private static final int ROWS_BETWEEN_CHECKS = 8_192;

    private static final List<OutputColumn> POD_COLUMNS = TableWriter.columns(
            "T report_period_start",
            "T report_period_end",
            "T interval_start",
            "T interval_end",
            "S namespace",
            "S pod",
            "s node",
            "S resource_id",
            "d pod_usage_cpu_core_seconds",
            "D pod_request_cpu_core_seconds",
            "D pod_limit_cpu_core_seconds",
            "D pod_usage_memory_byte_seconds",
            "D pod_request_memory_byte_seconds",
            "D pod_limit_memory_byte_seconds",
            "D node_capacity_cpu_cores",
            "D node_capacity_cpu_core_seconds",
            "D node_capacity_memory_bytes",
            "D node_capacity_memory_byte_seconds",
            "S node_role",
            "s pod_labels");
    private static final List<OutputColumn> STORAGE_COLUMNS = TableWriter.columns(
            "T interval_start",
            "S namespace",
            "S pod",
            "S persistentvolumeclaim",
            "S persistentvolume",
            "S storageclass",
            "S csi_volume_handle",
            "D persistentvolumeclaim_capacity_bytes",
            "D persistentvolumeclaim_capacity_byte_seconds",
            "D volume_request_storage_byte_seconds",
            "D persistentvolumeclaim_usage_byte_seconds",
            "S persistentvolume_labels",
            "S persistentvolumeclaim_labels");
    private static final List<OutputColumn> NODE_LABEL_COLUMNS =
            TableWriter.columns("T interval_start", "S node", "S node_labels");
    private static final List<OutputColumn> NAMESPACE_LABEL_COLUMNS =
            TableWriter.columns("T interval_start", "S namespace", "S namespace_labels");
    private static final List<OutputColumn> NODE_COLUMNS =
            TableWriter.columns("S node", "S resource_id", "S node_role");

    private final Generate generate;
    private final Population population;
    private final GeneratedLabels labels;
    private final GeneratedClaims claims;
    private final Path folder;
    private final Cancellation cancellation;
    private final byte[][] podLabels;
    private final byte[][] podNames;
    private final byte[][] nodeNames;
    private final byte[][] nodeLabels;
    private final byte[][] namespaceNames;

    GeneratedTables(Generate generate, Path folder, Cancellation cancellation) {
        this.generate = generate;
        this.folder = folder;
        this.cancellation = cancellation;
        this.population = new Population(generate);
        this.labels = new GeneratedLabels(generate, population);
        this.claims = new GeneratedClaims(generate, population);
        this.podLabels = texts(generate.podCount(), labels::pod);
        this.podNames = texts(generate.podCount(), Population::podName);
        this.nodeNames = texts(generate.nodeCount(), Population::nodeName);
        this.nodeLabels = texts(generate.nodeCount(), labels::node);
        this.namespaceNames = texts(generate.namespaceCount(), Population::namespaceName);
    }

    private static byte[][] texts(int count, java.util.function.IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).map(TableWriter::utf8).toArray(byte[][]::new);
    }

    /// Writes one file.
    @FunctionalInterface
    interface FileTask {
        void write() throws IOException;
    }

    /// A task for each file, the largest ones first.
    List<FileTask> files() {
        var tasks = new ArrayList<FileTask>();
        for (int d = 0; d < generate.days(); d++) {
            int day = d;
            add(tasks, day, Table.POD_USAGE, generate.podCount(), POD_COLUMNS, new PodRows(day));
        }
        for (int d = 0; d < generate.days(); d++) {
            int day = d;
            boolean perPod = generate.labelRows() == LabelRows.PER_POD;
            add(
                    tasks,
                    day,
                    Table.NODE_LABELS,
                    perPod ? generate.podCount() : generate.nodeCount(),
                    NODE_LABEL_COLUMNS,
                    (out, hour, index) -> {
                        int node = perPod ? population.node(index) : index;
                        out.time(micros(day, hour)).text(nodeNames[node]).text(nodeLabels[node]);
                    });
            add(
                    tasks,
                    day,
                    Table.NAMESPACE_LABELS,
                    perPod ? generate.podCount() : generate.namespaceCount(),
                    NAMESPACE_LABEL_COLUMNS,
                    (out, hour, index) -> {
                        int namespace = perPod ? population.namespace(index) : index;
                        out.time(micros(day, hour))
                                .text(namespaceNames[namespace])
                                .text(GeneratedLabels.namespace(namespace, day, hour));
                    });
            if (generate.volumes() > 0) {
                add(tasks, day, Table.STORAGE, Math.toIntExact(claims.rowsPerHour()), STORAGE_COLUMNS, storage(day));
            }
        }
        tasks.add(this::writeNodes);
        return tasks;
    }

    /// Writes the columns of one row, without ending it.
    @FunctionalInterface
    private interface RowWriter {
        void write(TableWriter out, int hour, int index) throws IOException;
    }

    private void add(
            List<FileTask> tasks, int day, Table table, int rowsPerHour, List<OutputColumn> columns, RowWriter row) {
        long rows = (long) rowsPerHour * generate.hoursPerDay();
        for (int part = 0; part < generate.filesPerDay(); part++) {
            var range = ChunkRange.of(rows, generate.filesPerDay(), part);
            if (range.length() > 0) {
                var file = file(day, table, part);
                tasks.add(() -> write(file, columns, range, rowsPerHour, row));
            }
        }
    }

    private void write(Path file, List<OutputColumn> columns, ChunkRange range, int rowsPerHour, RowWriter row)
            throws IOException {
        try (var out = TableWriter.create(file, columns, generate)) {
            for (long i = range.from(); i < range.end(); i++) {
                if (i % ROWS_BETWEEN_CHECKS == 0) {
                    cancellation.check();
                }
                row.write(out, (int) (i / rowsPerHour), (int) (i % rowsPerHour));
                out.endRow();
            }
            out.finish();
        }
    }

    private Path file(int day, Table table, int part) {
        var date = generate.firstDate().plusDays(day);
        return folder.resolve("data/org1/OCP/source=%s/year=%s/month=%s/day=%s/%s/part-%s.parquet"
                .formatted(
                        SOURCE,
                        Population.padded(date.getYear(), 4),
                        Population.padded(date.getMonthValue(), 2),
                        Population.padded(date.getDayOfMonth(), 2),
                        table.folder(),
                        Population.padded(part, 5)));
    }

    private long micros(int day, int hour) {
        return micros(generate.firstDate().plusDays(day)) + hour * MICROS_PER_HOUR;
    }

    private static long micros(LocalDate date) {
        return date.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND;
    }

    private void writeNodes() throws IOException {
        try (var out = TableWriter.create(file(0, Table.NODES, 0), NODE_COLUMNS, generate)) {
            for (int node = 0; node < generate.nodeCount(); node++) {
                out.text(nodeNames[node])
                        .text(population.resourceId(node))
                        .text(population.role(node))
                        .endRow();
            }
            out.finish();
        }
    }

    /// The rows of one day. What is the same in every hour of a pod or node is worked out once.
    private final class PodRows implements RowWriter {

        private static final byte[] BROKEN = {'{', '"', 'a', 'p', 'p', '"', ':', '"', 'b', 'r', 'o', 'k', 'e', 'n'};
        private static final byte[] EMPTY = {};

        private final int day;
        private final long periodStart = micros(generate.firstDate());
        private final long periodEnd = micros(generate.firstDate().plusMonths(1));

        PodRows(int day) {
            this.day = day;
        }

        @Override
        public void write(TableWriter out, int hour, int pod) {
            int node = population.node(pod);
            int t = day * generate.hoursPerDay() + hour;
            int defect = population.defect(pod, t);
            long start = micros(day, hour);
            out.time(periodStart)
                    .time(periodEnd)
                    .time(start)
                    .time(start + MICROS_PER_HOUR - MICROS_PER_SECOND)
                    .text(namespaceNames[population.namespace(pod)])
                    .text(podNames[pod]);
            switch (defect) {
                case 0 -> out.text(EMPTY);
                case 1 -> out.nothing();
                default -> out.text(nodeNames[node]);
            }
            out.text(resourceIds[node]);
            long requested = population.requestedMillis(pod);
            switch (defect) {
                case 4 -> out.nothing();
                case 5 -> out.number(ABSURD);
                default -> out.number(population.usedCoreSeconds(requested, pod, t));
            }
            out.number(Population.coreSeconds(requested)).number(Population.coreSeconds(population.limitMillis(pod)));
            long mebibytes = population.requestedMebibytes(pod);
            long cores = population.cores(node);
            long bytes = population.memoryBytes(node);
            out.number(population.usedByteSeconds(mebibytes, pod, t))
                    .number(Population.byteSeconds(mebibytes))
                    .number(Population.byteSeconds(population.limitMebibytes(pod)))
                    .number((double) cores)
                    .number(cores * 3600.0)
                    .number((double) bytes)
                    .number(bytes * 3600.0)
                    .text(roles[node]);
            switch (defect) {
                case 2 -> out.text(BROKEN);
                case 3 -> out.nothing();
                default -> out.text(podLabels[pod]);
            }
        }

        private final byte[][] resourceIds = texts(generate.nodeCount(), population::resourceId);
        private final byte[][] roles = texts(generate.nodeCount(), population::role);
    }

    private RowWriter storage(int day) {
        int[] claimOf = new int[Math.toIntExact(claims.rowsPerHour())];
        int[] ownerOf = new int[claimOf.length];
        int row = 0;
        for (int claim = 0; claim < generate.volumes(); claim++) {
            for (int owner = 0; owner < GeneratedClaims.owners(claim); owner++) {
                claimOf[row] = claim;
                ownerOf[row++] = owner;
            }
        }
        return (out, hour, index) -> {
            int claim = claimOf[index];
            int pod = claims.pod(claim, ownerOf[index]);
            int namespace = population.namespace(pod);
            long bytes = claims.bytes(claim);
            out.time(micros(day, hour))
                    .text(namespaceNames[namespace])
                    .text(podNames[pod])
                    .text("pvc-" + Population.padded(claim, 6))
                    .text("pv-" + Population.padded(claim, 6))
                    .text(GeneratedClaims.storageClass(claim))
                    .text(claims.handle(claim))
                    .number((double) bytes)
                    .number(bytes * 3600.0)
                    .number(bytes * 3600.0)
                    .number(claims.usedByteSeconds(claim, day * generate.hoursPerDay() + hour))
                    .text(GeneratedLabels.volume(claim))
                    .text(GeneratedLabels.claim(namespace));
        };
    }
}
