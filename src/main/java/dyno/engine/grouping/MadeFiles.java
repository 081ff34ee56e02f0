package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.Cancellation;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.kernel.Sha256;
import dyno.engine.parquet.OutputColumn;
import dyno.engine.parquet.OutputColumn.Kind;
import dyno.engine.parquet.ParquetOutput;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Generated input as Parquet files, made once and kept in the cache. Stateless.
final class MadeFiles {

    /// Changes when files of the same description would come out with other rows.
    private static final int CONTENT_VERSION = 1;

    private static final int ROW_GROUP_ROWS = 1 << 20;
    private static final int ROWS_BETWEEN_CHECKS = 1 << 12;
    private static final long SIZE = 64;
    private static final long PACKETS_LOST = 3;

    private static final List<OutputColumn> COLUMNS = List.of(
            OutputColumn.required("msm_id", Kind.INT64),
            OutputColumn.required("event_time", Kind.TIMESTAMP_NANOS),
            OutputColumn.required("src_addr", Kind.STRING),
            OutputColumn.required("dst_addr", Kind.STRING),
            OutputColumn.required("ip_version", Kind.INT64),
            OutputColumn.required("rtt", Kind.DOUBLE),
            OutputColumn.required("size", Kind.INT64),
            OutputColumn.required("packet_error_count", Kind.INT64));

    private MadeFiles() {}

    /// 64 hex digits that stand for the input's rows and how files share them.
    static String digest(Generate spec) {
        byte[] text = String.format(
                        Locale.ROOT,
                        "measurements/%d n=%d p=%d skew=%s seed=%d files=%d order=%s",
                        CONTENT_VERSION,
                        spec.measurements(),
                        spec.probes(),
                        spec.skew(),
                        spec.seed(),
                        spec.files(),
                        spec.rowOrder())
                .getBytes(UTF_8);
        return new Sha256().update(text, 0, text.length).hex();
    }

    /// The folder with the files, made where the cache does not have it.
    ///
    /// @param cache  written by rename alone, so that what is there is whole
    /// @param making folder that they are made in; whoever gave it removes what a killed process leaves there
    static Path in(Path cache, Path making, Generate spec, Cancellation cancellation) throws IOException {
        var folder = cache.resolve("measurements-" + digest(spec));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        Files.createDirectory(making);
        try {
            write(making, spec, cancellation);
            try {
                Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                // Scratch is on a disk of its own: the input serves this fork alone.
                return making;
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // Another fork was faster; its files hold the same rows.
                delete(making);
            }
        } catch (Throwable e) {
            delete(making);
            throw e;
        }
        return folder;
    }

    /// Says when the files were used, see [dyno.engine.TrialContext#cache]: inputs that were not for long
    /// go first.
    static void used(Input made, FileTime now) throws IOException {
        Files.setLastModifiedTime(Objects.requireNonNull(made.paths().getFirst().getParent()), now);
    }

    static void write(Path folder, Generate spec, Cancellation cancellation) throws IOException {
        var rows = new MadeMeasurements(spec);
        long n = spec.measurements();
        int files = spec.files();
        for (int file = 0; file < files; file++) {
            // At most 1,000 files of 2e9 rows.
            long from = file * n / files;
            long end = (file + 1) * n / files;
            var path = folder.resolve("measurements-%05d.parquet".formatted(file));
            try (var output = ParquetOutput.create(path, COLUMNS, ROW_GROUP_ROWS)) {
                for (long row = from; row < end; row++) {
                    if (row % ROWS_BETWEEN_CHECKS == 0) {
                        cancellation.check();
                    }
                    write(rows, row, output);
                }
                output.finish();
            }
        }
    }

    private static void write(MadeMeasurements rows, long row, ParquetOutput output) throws IOException {
        byte[] text = new byte[AddressText.MOST_BYTES];
        rows.moveTo(row);
        double rtt = rows.rtt();
        output.putLong(0, rows.measurementId()).putLong(1, rows.timeNanos());
        output.putBytes(2, text, 0, rows.putSource(text));
        output.putBytes(3, text, 0, rows.putDestination(text));
        output.putLong(4, rows.ipVersion()).putDouble(5, rtt).putLong(6, SIZE);
        output.putLong(7, rtt == MadeMeasurements.FAILED ? PACKETS_LOST : 0);
        output.endRow();
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
