package dyno.engine.grouping;

import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ByteStrings;
import java.io.IOException;

/// What verification knows of the input, read anew, row by row. Used once, by one thread.
///
/// Groups of rows with one source and time are chained in their order. All of them at once would not fit into memory
/// for a large input, so that it is read several times, each time for a share of the probes.
final class InputSummary {

    private final InputFiles files;
    private final Runnable check;
    private final int groupsAtOnce;
    private final long[] micros = new long[ColumnLoad.MOST_ROWS];
    long rows;
    Dropped dropped = Dropped.NONE;
    long rowSum;
    long groupSum;
    long probes;
    private long nullSources;
    private long nullTimes;

    /// @param groupsAtOnce about how many groups are in memory at once, some 64 bytes each
    InputSummary(InputFiles files, Runnable check, int groupsAtOnce) {
        this.files = files;
        this.check = check;
        this.groupsAtOnce = groupsAtOnce;
    }

    void read() throws IOException {
        int shares = (int) Math.min(1024, Math.ceilDiv(Math.max(1, files.rows()), groupsAtOnce));
        var groups = new ChainMap((int) Math.min(groupsAtOnce, files.rows()));
        var sources = new ChainMap(1 << 10);
        for (int share = 0; share < shares; share++) {
            for (var part : files.parts()) {
                read(part, share, shares, groups, sources);
            }
            groupSum += groups.sealAll();
            probes += sources.size();
            sources.sealAll();
        }
        dropped = new Dropped(nullSources, nullTimes);
    }

    private void read(InputFiles.Part part, int share, int shares, ChainMap groups, ChainMap sources)
            throws IOException {
        var batch = new PartRows(files, part, micros);
        var source = new Texts(batch.sources);
        var destination = new Texts(batch.destinations);
        for (int count = batch.next(); count > 0; count = batch.next()) {
            check.run();
            source.nextBatch();
            destination.nextBatch();
            for (int i = 0; i < count; i++) {
                boolean noSource = source.isNull(i);
                boolean noTime = batch.noTime(i);
                if (share == 0) {
                    rows++;
                    nullSources += noSource ? 1 : 0;
                    nullTimes += !noSource && noTime ? 1 : 0;
                }
                if (noSource || noTime) {
                    continue;
                }
                long from = source.hash(i);
                if (Long.remainderUnsigned(from, shares) != share) {
                    continue;
                }
                sources.add(from, 0);
                long row = RowHash.row(
                        from,
                        batch.micros(i),
                        destination.hash(i),
                        batch.version(i),
                        batch.noVersion(i),
                        batch.rtt(i),
                        batch.noRtt(i));
                rowSum += row;
                groups.add(RowHash.group(from, batch.micros(i)), row);
            }
        }
    }

    /// Hashes of a column's texts, those of a dictionary taken once.
    private static final class Texts {

        private final BinaryColumn column;
        private ByteStrings dictionary = new ByteStrings(new byte[0], new int[0], new int[0], 0);
        private long[] hashes = {};

        Texts(BinaryColumn column) {
            this.column = column;
        }

        void nextBatch() {
            if (column.isCoded() && dictionary != column.dictionary()) {
                dictionary = column.dictionary();
                hashes = new long[dictionary.size()];
                for (int i = 0; i < hashes.length; i++) {
                    hashes[i] = RowHash.text(
                            dictionary.bytes(),
                            dictionary.starts()[i],
                            dictionary.lengths()[i]);
                }
            }
        }

        boolean isNull(int row) {
            int at = column.from() + row;
            return column.isCoded() ? column.codes()[at] < 0 : column.strings().lengths()[at] < 0;
        }

        long hash(int row) {
            int at = column.from() + row;
            if (isNull(row)) {
                return RowHash.noText();
            }
            if (column.isCoded()) {
                return hashes[column.codes()[at]];
            }
            var strings = column.strings();
            return RowHash.text(strings.bytes(), strings.starts()[at], strings.lengths()[at]);
        }
    }
}
