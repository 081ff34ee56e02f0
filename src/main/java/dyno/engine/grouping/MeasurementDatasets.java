package dyno.engine.grouping;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.InvalidDatasetException;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import dyno.engine.parquet.ParquetException;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RangedInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Kind `measurements`: Parquet files with the five columns that are grouped. Only footers are read.
final class MeasurementDatasets implements DatasetKind {

    private static final String ROWS = "rows";
    private static final String ROW_GROUPS = "rowGroups";
    private static final String BYTES = "bytes";
    private static final String CODECS = "codecs";
    private static final String FIRST = "firstTimeMicros";
    private static final String LAST = "lastTimeMicros";
    private static final String UNIT = "timeUnit";
    private static final String RTT = "rttColumn";

    @Override
    public String id() {
        return "measurements";
    }

    @Override
    public String description() {
        return "Parquet files with event_time, src_addr, dst_addr, ip_version and rtt or rtt_avg";
    }

    @Override
    public TakenFile take(ReceivedFile file) throws IOException {
        try (var input = ParquetInput.open(RangedInput.of(file.content()).named(file.name()))) {
            return new TakenFile(file.content(), facts(input));
        } catch (UnfitColumnException e) {
            throw new InvalidDatasetException(file.name(), String.valueOf(e.getMessage()), e).atColumn(e.column());
        } catch (ParquetException e) {
            var failure = new InvalidDatasetException(file.name(), String.valueOf(e.getMessage()), e);
            if (e.column() != null) {
                failure.atColumn(e.column());
            }
            if (e.offset() != null) {
                failure.atByte(e.offset());
            }
            throw failure;
        }
    }

    private static Map<String, Object> facts(ParquetInput input) {
        var schema = MeasurementSchema.of(input);
        var codecs = new LinkedHashSet<String>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        boolean hasTimes = !input.rowGroups().isEmpty();
        for (var group : input.rowGroups()) {
            codecs.addAll(group.codecs());
            var range = input.range(group.index(), MeasurementSchema.TIME);
            if (range.isEmpty()) {
                hasTimes = false;
                continue;
            }
            first = Math.min(first, micros(schema.unit(), range.get().min()));
            last = Math.max(last, micros(schema.unit(), range.get().max()));
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put(ROWS, input.rows());
        facts.put(ROW_GROUPS, (long) input.rowGroups().size());
        facts.put(BYTES, input.bytes());
        facts.put(CODECS, List.copyOf(codecs));
        facts.put(UNIT, schema.unit().name());
        facts.put(RTT, schema.rtt());
        if (hasTimes) {
            facts.put(FIRST, first);
            facts.put(LAST, last);
        }
        return facts;
    }

    private static long micros(TimestampUnit unit, long value) {
        long[] micros = new long[1];
        return MicroTime.convert(unit, new long[] {value}, 0, 1, micros, 0) < 0 ? micros[0] : value;
    }

    @Override
    public Map<String, Object> facts(List<DatasetFile> files) {
        var first = files.getFirst();
        long rows = 0;
        long rowGroups = 0;
        long bytes = 0;
        var codecs = new LinkedHashSet<Object>();
        var firsts = new ArrayList<Long>();
        var lasts = new ArrayList<Long>();
        for (var file : files) {
            agree(first, file, UNIT, MeasurementSchema.TIME);
            agree(first, file, RTT, "rtt");
            rows += number(file, ROWS);
            rowGroups += number(file, ROW_GROUPS);
            bytes += number(file, BYTES);
            if (file.facts().get(CODECS) instanceof List<?> list) {
                codecs.addAll(list);
            }
            if (file.facts().get(FIRST) instanceof Number earliest
                    && file.facts().get(LAST) instanceof Number latest) {
                firsts.add(earliest.longValue());
                lasts.add(latest.longValue());
            }
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put(ROWS, rows);
        facts.put(ROW_GROUPS, rowGroups);
        facts.put(BYTES, bytes);
        facts.put(CODECS, List.copyOf(codecs));
        if (firsts.size() == files.size()) {
            facts.put(FIRST, firsts.stream().mapToLong(Long::longValue).min().orElseThrow());
            facts.put(LAST, lasts.stream().mapToLong(Long::longValue).max().orElseThrow());
        }
        return facts;
    }

    private static void agree(DatasetFile first, DatasetFile file, String fact, String column) {
        var expected = first.facts().get(fact);
        var found = file.facts().get(fact);
        if (!Objects.equals(expected, found)) {
            throw new InvalidDatasetException(
                            file.name(),
                            "%s of column %s is %s, but %s in file %s"
                                    .formatted(fact, column, found, expected, first.name()))
                    .atColumn(column);
        }
    }

    private static long number(DatasetFile file, String fact) {
        return file.facts().get(fact) instanceof Number number ? number.longValue() : 0;
    }
}
