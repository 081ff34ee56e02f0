package dyno.engine.grouping;

import dyno.engine.grouping.GroupingWorkload.Split;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which records a [Grouped] becomes, and how they are shared out.
///
/// ```text
///  probes of a side   p0  p1  p2            p3 …        a probe too big for one record has several parts
///  its records        ├──┼──┼──┬──┬──┬──┬──┼──┤
///  dealt as           head │ batch │ batch │ tail      batches are whole chunks; head and tail are not
/// ```
///
/// The head completes the chunk that an earlier plan left open, the tail opens one.
final class RecordPlan {

    /// Large enough that dealing costs nothing, small enough that the last ones end together.
    private static final long BATCH_BYTES = 256 << 10;

    private static final int PROBES_A_PIECE = 512;
    private static final int ROW_BYTES = 56;
    private static final int RECORD_BYTES = RecordTemplates.OUTER_BYTES + 768;

    /// Some records in a row.
    ///
    /// @param index       of its first record's probe among the side's
    /// @param part        of its first record
    /// @param records     how many
    /// @param weightBytes about what they come to, before compression
    record Run(Side side, int index, int part, int records, long weightBytes) {}

    final Grouped grouped;
    final long[] sourceIds;

    /// Where the parts of a probe begin in the order of rows, and where the last one ends; null for an uncut probe.
    private final int[] @Nullable [] cuts;

    private final Map<Side, int[]> ranks = new EnumMap<>(Side.class);
    long splitProbes;
    int maxParts;

    /// Probes whose first record is among these.
    long begun;

    /// Probes that do not begin or end here.
    ///
    /// @param partsBefore records of the first probe that were written already
    /// @param isLastOpen  whether more rows of the last probe follow: its last part is then left out
    record Edges(int partsBefore, boolean isLastOpen) {
        static final Edges NONE = new Edges(0, false);
    }

    private final Edges edges;

    private RecordPlan(Grouped grouped, Edges edges) {
        this.grouped = grouped;
        this.edges = edges;
        this.sourceIds = new long[grouped.probes()];
        this.cuts = new int[grouped.probes()][];
    }

    /// Numbers the probes, cuts the big ones and splits them.
    ///
    /// @param firstPosition of the first probe among all
    /// @param edges         where the first or the last probe is only a part of one
    static RecordPlan of(
            Grouped grouped, GroupingWorkload workload, SplitRule rule, long firstPosition, Edges edges, Stage stage)
            throws IOException, InterruptedException {
        var plan = new RecordPlan(grouped, edges);
        int pieces = Math.ceilDiv(grouped.probes(), PROBES_A_PIECE);
        int longest = plan.longestDestination();
        var ids = new SourceId[stage.workers()];
        var cutters = new RecordCutter[stage.workers()];
        stage.deal(pieces, (piece, worker) -> {
            if (ids[worker] == null) {
                ids[worker] = new SourceId();
                cutters[worker] = new RecordCutter(workload.maxRowBytes());
            }
            int end = Math.min(grouped.probes(), (piece + 1) * PROBES_A_PIECE);
            for (int rank = piece * PROBES_A_PIECE; rank < end; rank++) {
                plan.number(rank, ids[worker]);
                plan.cut(rank, cutters[worker], workload.maxRowBytes(), longest);
            }
        });
        plan.split(rule, firstPosition);
        return plan;
    }

    private void number(int rank, SourceId ids) {
        var sources = grouped.sources();
        int code = grouped.codes()[rank];
        sourceIds[rank] = ids.of(sources.bytes(), sources.offsets()[code], sources.length(code));
    }

    private int longestDestination() {
        int[] offsets = grouped.columns().addresses().offsets();
        int longest = 0;
        for (int i = 1; i < offsets.length && offsets[i] >= offsets[i - 1]; i++) {
            longest = Math.max(longest, offsets[i] - offsets[i - 1]);
        }
        return longest;
    }

    private void cut(int rank, RecordCutter cutter, int maxRowBytes, int longest) {
        int begin = grouped.starts()[rank];
        int end = grouped.starts()[rank + 1];
        long rows = (long) end - begin;
        int sourceLength = grouped.sources().length(grouped.codes()[rank]);
        boolean isOpen = edges.isLastOpen && rank == grouped.probes() - 1;
        if (!isOpen && RecordSize.nested(rows, rows * sourceLength, rows * longest, 3) <= maxRowBytes) {
            return;
        }
        cutter.load(grouped.columns(), grouped.order(), begin, end, sourceLength);
        int[] parts = new int[4];
        int count = 0;
        for (int from = begin; from < end; from = cutter.partEnd(from)) {
            if (count + 2 > parts.length) {
                parts = Arrays.copyOf(parts, 2 * parts.length);
            }
            parts[count++] = from;
        }
        if (isOpen) {
            cuts[rank] = Arrays.copyOf(parts, count);
        } else if (count > 1) {
            parts[count] = end;
            cuts[rank] = Arrays.copyOf(parts, count + 1);
        }
    }

    private void split(SplitRule rule, long firstPosition) {
        int probes = grouped.probes();
        int[] test = new int[rule.split() == Split.HASH ? 16 + probes / 8 : probes];
        int[] train = new int[probes];
        int trains = 0;
        int tests = 0;
        for (int rank = 0; rank < probes; rank++) {
            int records = parts(rank);
            int before = rank == 0 ? edges.partsBefore : 0;
            if (records == 0) {
                continue;
            }
            begun += before == 0 ? 1 : 0;
            splitProbes += before <= 1 && before + records > 1 ? 1 : 0;
            maxParts = Math.max(maxParts, before + records);
            if (rule.of(firstPosition + rank, sourceIds[rank]) == Side.TRAIN) {
                train[trains++] = rank;
            } else {
                if (tests == test.length) {
                    test = Arrays.copyOf(test, 2 * tests);
                }
                test[tests++] = rank;
            }
        }
        ranks.put(Side.TRAIN, Arrays.copyOf(train, trains));
        ranks.put(Side.TEST, Arrays.copyOf(test, tests));
    }

    /// Probes of a side that were not begun by an earlier plan.
    long begun(Side side) {
        int[] all = ranks(side);
        boolean isContinued = edges.partsBefore > 0 && all.length > 0 && all[0] == 0;
        return (long) all.length - (isContinued ? 1 : 0);
    }

    /// Probes of a side, ascending.
    int[] ranks(Side side) {
        return Objects.requireNonNull(ranks.get(side));
    }

    int parts(int rank) {
        int[] parts = cuts[rank];
        return parts == null ? 1 : parts.length - 1;
    }

    /// Index in the order of rows where a record begins; that of the next part where it ends.
    int begin(int rank, int part) {
        int[] parts = cuts[rank];
        return parts == null ? grouped.starts()[rank + part] : parts[part];
    }

    /// Index in the order of rows of the first that is in no record: where the open probe's last part begins.
    int openFrom() {
        int last = grouped.probes() - 1;
        return edges.isLastOpen ? begin(last, parts(last)) : grouped.rows();
    }

    long rows(Side side) {
        long rows = 0;
        for (int rank : ranks(side)) {
            rows += begin(rank, parts(rank)) - begin(rank, 0);
        }
        return rows;
    }

    long weight(int rank, int part) {
        return RECORD_BYTES + (long) ROW_BYTES * (begin(rank, part + 1) - begin(rank, part));
    }

    /// Walks a side's records and shares them out.
    final class Walk {

        private final Side side;
        private int index;
        private int part;

        Walk(Side side) {
            this.side = side;
        }

        boolean isDone() {
            return index == ranks(side).length;
        }

        long left() {
            long records = 0;
            for (int i = index; i < ranks(side).length; i++) {
                records += parts(ranks(side)[i]);
            }
            return records - part;
        }

        /// The next run: at most `most` records, and not many more bytes than a batch has, but at least one chunk.
        Run next(long most, int chunkRecords) {
            int firstIndex = index;
            int firstPart = part;
            int records = 0;
            long weight = 0;
            while (records < most && (records % chunkRecords != 0 || weight < BATCH_BYTES)) {
                int rank = ranks(side)[index];
                weight += weight(rank, part);
                records++;
                part++;
                if (part == parts(rank)) {
                    part = 0;
                    index++;
                }
            }
            return new Run(side, firstIndex, firstPart, records, weight);
        }
    }
}
