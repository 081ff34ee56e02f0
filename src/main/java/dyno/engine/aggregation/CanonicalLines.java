package dyno.engine.aggregation;

import dyno.engine.kernel.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A result as sorted lines of text, and their digest: what makes results comparable whatever order, strategy or
/// table they come from.
///
/// Per row, TAB between: data_source, usage_start, namespace, node, resource_id, pod_labels, the eight pod metrics,
/// node and cluster capacities, claim, volume, class, handle, volume_labels, all_labels, the four claim figures,
/// cost_category_id. Null is `\N`; text is escaped as in PostgreSQL's COPY text format.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
final class CanonicalLines {

    private static final byte[] NULL = {'\\', 'N'};
    private static final int DECIMALS = 6;

    private CanonicalLines() {}

    /// Sorted bytewise, each without its LF.
    static List<byte[]> of(Result result) {
        var lines = new ArrayList<byte[]>();
        var texts = Texts.of(result.shared());
        for (var part : result.parts()) {
            for (int row = 0; row < part.size(); row++) {
                lines.add(line(part, row, texts));
            }
        }
        lines.sort(Arrays::compareUnsigned);
        return lines;
    }

    /// `sha256:` and the digest of the sorted lines, each ended by LF.
    static String digest(List<byte[]> sorted) {
        var sha = new Sha256();
        byte[] end = {'\n'};
        for (byte[] line : sorted) {
            sha.update(line, 0, line.length).update(end, 0, 1);
        }
        return sha.prefixed();
    }

    /// Snapshots of the numbered texts.
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Texts(byte[][] namespaces, byte[][][] columns, LabelSet[] labels) {

        static Texts of(Shared shared) {
            var names = shared.names();
            return new Texts(
                    names.namespaces.all(),
                    new byte[][][] {
                        names.nodes.all(),
                        names.resourceIds.all(),
                        names.claims.all(),
                        names.volumes.all(),
                        names.storageClasses.all(),
                        names.handles.all()
                    },
                    shared.sets().all());
        }

        byte @Nullable [] namespace(int number) {
            return number == Names.NULL ? null : namespaces[number];
        }

        byte @Nullable [] text(int column, int number) {
            return number == Names.NULL ? null : columns[column][number];
        }
    }

    private static byte[] line(ResultRows rows, int row, Texts texts) {
        var out = new ByteBuilder(512);
        boolean isStorage = rows.kind(row) == Output.STORAGE;
        byte[] labels = texts.labels()[rows.labels(row)].canonical();
        ascii(isStorage ? "Storage" : "Pod", out);
        ascii("\t" + LocalDate.ofEpochDay(rows.day(row)), out);
        text(texts.namespace(rows.namespace(row)), out);
        text(texts.text(ResultRows.NODE, rows.text(row, ResultRows.NODE)), out);
        text(texts.text(ResultRows.RESOURCE, rows.text(row, ResultRows.RESOURCE)), out);
        text(isStorage ? null : labels, out);
        for (int column = 0; column <= ResultRows.CLUSTER_GIGABYTE_HOURS; column++) {
            decimal(rows.exact(row, column), out);
        }
        for (int column = ResultRows.CLAIM; column <= ResultRows.HANDLE; column++) {
            text(texts.text(column, rows.text(row, column)), out);
        }
        text(isStorage ? labels : null, out);
        text(labels, out);
        for (int column = ResultRows.CLAIM_GIGABYTES; column <= ResultRows.USAGE_MONTHS; column++) {
            decimal(rows.exact(row, column), out);
        }
        long category = rows.category(row);
        text(category == Micros.NULL ? null : Long.toString(category).getBytes(StandardCharsets.US_ASCII), out);
        return out.toBytes();
    }

    /// Adds TAB and the text, escaped.
    static void text(byte @Nullable [] text, ByteBuilder out) {
        out.add('\t');
        if (text == null) {
            out.add(NULL);
            return;
        }
        for (byte b : text) {
            switch (b) {
                case '\\' -> out.add('\\').add('\\');
                case '\t' -> out.add('\\').add('t');
                case '\n' -> out.add('\\').add('n');
                case '\r' -> out.add('\\').add('r');
                default -> out.add(b);
            }
        }
    }

    /// Adds TAB and the number with 6 decimals.
    static void decimal(@Nullable BigInteger micros, ByteBuilder out) {
        out.add('\t');
        if (micros == null) {
            out.add(NULL);
        } else {
            ascii(plain(micros), out);
        }
    }

    /// `-12.345600`
    static String plain(BigInteger micros) {
        var digits = micros.abs().toString();
        var padded = digits.length() > DECIMALS ? digits : "0".repeat(DECIMALS + 1 - digits.length()) + digits;
        int point = padded.length() - DECIMALS;
        return (micros.signum() < 0 ? "-" : "") + padded.substring(0, point) + '.' + padded.substring(point);
    }

    private static void ascii(String text, ByteBuilder out) {
        out.add(text.getBytes(StandardCharsets.US_ASCII));
    }
}
