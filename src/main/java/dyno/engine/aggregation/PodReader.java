package dyno.engine.aggregation;

import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RowGroupReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one row group of the pod table in chunks. Used by one thread at a time.
final class PodReader {

    private static final String LABELS = "pod_labels";
    private static final String RESOURCE = "resource_id";
    static final String POD = "pod";

    /// The columns of [PodChunk#values], in its order.
    static final List<String> VALUES = List.of(
            "pod_usage_cpu_core_seconds",
            "pod_request_cpu_core_seconds",
            "pod_effective_usage_cpu_core_seconds",
            "pod_limit_cpu_core_seconds",
            "pod_usage_memory_byte_seconds",
            "pod_request_memory_byte_seconds",
            "pod_effective_usage_memory_byte_seconds",
            "pod_limit_memory_byte_seconds",
            "node_capacity_cpu_cores",
            "node_capacity_cpu_core_seconds",
            "node_capacity_memory_bytes",
            "node_capacity_memory_byte_seconds");

    private final RowGroupReader reader;
    private final ParquetInput input;
    private final int rowGroup;
    private final boolean withPods;
    private final TimeColumn time;
    private final NameColumn namespaces;
    private final NameColumn nodes;
    private final @Nullable NameColumn resources;
    private final @Nullable NameColumn pods;
    private final @Nullable NumberColumn[] numbers = new @Nullable NumberColumn[PodChunk.VALUES];
    private final List<ColumnFacts> others;
    private final Consumer<LabelTexts.Dictionary> onDictionary;
    private LabelTexts.@Nullable Dictionary dictionary;
    private final Map<String, LabelTexts.Dictionary> otherDictionaries = new HashMap<>();
    private long rowsLeft;

    /// Which columns are read.
    ///
    /// @param withPods whether pod names are wanted
    /// @param pruned   whether columns that the result does not need stay unread
    record Columns(boolean withPods, boolean pruned) {

        static Columns of(AggregationWorkload workload) {
            return new Columns(workload.makes(Output.STORAGE), workload.columnPruning());
        }
    }

    /// @param names        of the run
    /// @param onDictionary told of the row group's dictionary of labels, once it is read and before any row is
    PodReader(
            ParquetInput input,
            int rowGroup,
            Columns read,
            PodNames names,
            Consumer<LabelTexts.Dictionary> onDictionary) {
        this.input = input;
        this.rowGroup = rowGroup;
        this.onDictionary = onDictionary;
        this.withPods = read.withPods();
        this.rowsLeft = input.rowGroups().get(rowGroup).rows();
        var columns = new LinkedHashSet<>(List.of(TimeColumn.NAME, "namespace", "node", LABELS));
        optional(RESOURCE, columns);
        if (withPods) {
            optional(POD, columns);
        }
        VALUES.forEach(name -> optional(name, columns));
        this.others = read.pruned() ? List.of() : others(columns);
        others.forEach(column -> columns.add(column.name()));
        this.reader = input.rowGroup(rowGroup, List.copyOf(columns));
        this.time = new TimeColumn(reader, input);
        this.namespaces = new NameColumn(reader, input, "namespace", names.namespaces, false);
        this.nodes = new NameColumn(reader, input, "node", names.nodes, true);
        this.resources =
                columns.contains(RESOURCE) ? new NameColumn(reader, input, RESOURCE, names.resourceIds, false) : null;
        this.pods = withPods && columns.contains(POD) ? new NameColumn(reader, input, POD, names.pods, false) : null;
        for (int i = 0; i < PodChunk.VALUES; i++) {
            numbers[i] = columns.contains(VALUES.get(i)) ? new NumberColumn(reader, input, VALUES.get(i)) : null;
        }
    }

    /// Takes over the memory of a reader that has come to its end.
    ///
    /// @param withDictionaries whether nobody reads its dictionaries any more
    void takeArraysOf(PodReader finished, boolean withDictionaries) {
        if (withDictionaries) {
            reader.takeDictionariesOf(finished.reader);
        } else {
            reader.takeArraysOf(finished.reader);
        }
    }

    /// Fills the chunk with the next rows.
    ///
    /// @param chunkRows at least 1
    /// @return whether there were any
    boolean fill(PodChunk chunk, int chunkRows) throws IOException {
        // No more room than the row group can fill.
        int mostRows = (int) Math.max(1, Math.min(chunkRows, rowsLeft));
        chunk.clear(mostRows, withPods);
        chunk.file = input.name();
        chunk.rowGroup = rowGroup;
        for (int i = 0; i < PodChunk.VALUES; i++) {
            if (numbers[i] == null) {
                chunk.values[i] = new double[0];
            } else {
                chunk.room(i, mostRows);
            }
        }
        var read = new ArrayList<Object>();
        while (chunk.rows < mostRows) {
            int count = reader.next(mostRows - chunk.rows);
            if (count == 0) {
                break;
            }
            copy(chunk, count);
            others.forEach(column -> read.add(other(column, count)));
            chunk.rows += count;
        }
        chunk.others = read;
        rowsLeft -= chunk.rows;
        return chunk.rows > 0;
    }

    private void copy(PodChunk chunk, int count) {
        int at = chunk.rows;
        time.read(count, chunk.starts, at);
        namespaces.read(count, chunk.namespaces, at);
        nodes.read(count, chunk.nodes, at);
        if (resources != null) {
            resources.read(count, chunk.resourceIds, at);
        } else {
            Arrays.fill(chunk.resourceIds, at, at + count, Names.NULL);
        }
        if (pods != null) {
            pods.read(count, chunk.pods, at);
        }
        var labels = reader.binaries(LABELS);
        chunk.labels.add(labels, count, labels.isCoded() ? dictionary(labels) : null);
        for (int i = 0; i < PodChunk.VALUES; i++) {
            var number = numbers[i];
            if (number != null) {
                number.read(count, chunk.values[i], at);
            }
        }
    }

    private LabelTexts.Dictionary dictionary(BinaryColumn labels) {
        var known = dictionary;
        if (known == null || !known.isOf(labels.dictionary())) {
            known = new LabelTexts.Dictionary(labels.dictionary());
            dictionary = known;
            try {
                onDictionary.accept(known);
            } catch (BadTextException e) {
                throw e.at(input.name(), rowGroup);
            }
        }
        return known;
    }

    private void optional(String column, Set<String> columns) {
        if (input.find(column).isPresent()) {
            columns.add(column);
        }
    }

    private List<ColumnFacts> others(Set<String> wanted) {
        return input.columns().stream()
                .filter(ColumnFacts::isFlat)
                .filter(column -> !wanted.contains(column.name()))
                .toList();
    }

    /// A copy of a batch of a column that nobody asked for.
    private Object other(ColumnFacts facts, int count) {
        return switch (facts.physical()) {
            case INT64, INT32, BOOLEAN -> {
                var column = reader.longs(facts.name());
                yield Arrays.copyOfRange(column.values(), column.from(), column.from() + count);
            }
            case DOUBLE, FLOAT -> {
                var column = reader.doubles(facts.name());
                yield Arrays.copyOfRange(column.values(), column.from(), column.from() + count);
            }
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                var texts = new LabelTexts();
                texts.clear(count);
                var column = reader.binaries(facts.name());
                texts.add(column, count, column.isCoded() ? otherDictionary(column) : null);
                yield texts;
            }
        };
    }

    private LabelTexts.Dictionary otherDictionary(BinaryColumn column) {
        var known = otherDictionaries.get(column.name());
        if (known == null || !known.isOf(column.dictionary())) {
            known = new LabelTexts.Dictionary(column.dictionary());
            otherDictionaries.put(column.name(), known);
        }
        return known;
    }
}
