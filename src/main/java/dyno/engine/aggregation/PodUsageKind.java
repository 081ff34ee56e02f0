package dyno.engine.aggregation;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.EngineException;
import dyno.engine.InvalidDatasetException;
import dyno.engine.parquet.ParquetException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Datasets of kind `pod-usage`: Parquet files of the tables in [Table], or CSV files, which become such.
final class PodUsageKind implements DatasetKind {

    static final String ID = "pod-usage";

    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "hourly pod usage, labels, storage and nodes: Parquet, or CSV with a header line, plain or gzip";
    }

    @Override
    public TakenFile take(ReceivedFile file) throws IOException {
        var content = file.content();
        if (!isParquet(file)) {
            content = new CsvConversion(file).convert();
            if (Files.size(content) > file.maxBytes()) {
                throw new DatasetTooLargeException(file.name(), file.maxBytes());
            }
        }
        try {
            return new TakenFile(content, new FileInspection(file.name(), content).facts());
        } catch (ParquetException e) {
            var invalid = new InvalidDatasetException(file.name(), String.valueOf(e.getMessage()), e);
            var column = e.column();
            if (column != null) {
                invalid.atColumn(column);
            }
            throw invalid;
        } catch (EngineException e) {
            var invalid = new InvalidDatasetException(file.name(), String.valueOf(e.getMessage()), e);
            if (e.details().get(BadRow.ROW) instanceof Long row) {
                invalid.atRow(row);
            }
            throw invalid;
        }
    }

    private static boolean isParquet(ReceivedFile file) throws IOException {
        try (var in = Files.newInputStream(file.content())) {
            return java.util.Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
        }
    }

    @Override
    public Map<String, Object> facts(List<DatasetFile> files) {
        var rows = new LinkedHashMap<String, Object>();
        var dates = new ArrayList<String>();
        for (var file : files) {
            rows.merge(
                    String.valueOf(file.facts().get("table")),
                    ((Number) file.facts().getOrDefault("rows", 0L)).longValue(),
                    (a, b) -> (Long) a + (Long) b);
            if (file.facts().get("firstDate") instanceof String first
                    && file.facts().get("lastDate") instanceof String last) {
                dates.add(first);
                dates.add(last);
            }
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tables", List.copyOf(rows.keySet()));
        facts.put("rows", rows);
        if (!dates.isEmpty()) {
            dates.sort(null);
            facts.put("firstDate", dates.getFirst());
            facts.put("lastDate", dates.getLast());
        }
        facts.put("bytes", files.stream().mapToLong(DatasetFile::bytes).sum());
        return facts;
    }

    /// Rows of a table in a dataset's facts; 0 where it has none.
    static long rows(Map<String, Object> facts, Table table) {
        return facts.get("rows") instanceof Map<?, ?> rows && rows.get(table.folder()) instanceof Number number
                ? number.longValue()
                : 0;
    }
}
