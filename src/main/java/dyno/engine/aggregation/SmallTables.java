package dyno.engine.aggregation;

import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads row groups of every table but that of pods into what [Lookups] and [StorageGroups] need. Used by one thread
/// at a time; those of several threads are merged.
final class SmallTables {

    private static final int BATCH_ROWS = 16_384;

    private final Shared shared;
    private final LabelResolver resolver;
    private final LabelMode mode;
    private final DayRange days;
    private final RowCounts counts;
    private final Stopwatch stopwatch;
    private final DatedLabels nodeLabels;
    private final DatedLabels namespaceLabels;
    private final Map<Integer, String> roles = new HashMap<>();
    private final StorageGroups storage = new StorageGroups();

    private long[] starts = new long[BATCH_ROWS];
    private int[] parsed = new int[BATCH_ROWS];

    SmallTables(Shared shared, LabelResolver resolver, RowCounts counts, Stopwatch stopwatch) {
        this.shared = shared;
        this.resolver = resolver;
        this.mode = shared.workload().labelMode();
        this.days = shared.days();
        this.counts = counts;
        this.stopwatch = stopwatch;
        this.nodeLabels = new DatedLabels(shared.sets());
        this.namespaceLabels = new DatedLabels(shared.sets());
    }

    void read(Table table, ParquetInput input, int rowGroup) throws IOException {
        try {
            readRows(table, input, rowGroup);
        } catch (BadTextException e) {
            throw e.at(input.name(), rowGroup);
        }
    }

    private void readRows(Table table, ParquetInput input, int rowGroup) throws IOException {
        switch (table) {
            case NODE_LABELS -> labels(input, rowGroup, "node", shared.names().nodes, "node_labels", nodeLabels);
            case NAMESPACE_LABELS ->
                labels(input, rowGroup, "namespace", shared.names().namespaces, "namespace_labels", namespaceLabels);
            case STORAGE -> storage(input, rowGroup);
            case NODES -> roles(input, rowGroup);
            case POD_USAGE -> throw new IllegalArgumentException("Pod usage is read in chunks");
        }
    }

    private void labels(
            ParquetInput input, int rowGroup, String objectColumn, Names objects, String column, DatedLabels out)
            throws IOException {
        long start = stopwatch.now();
        var reader = input.rowGroup(rowGroup, List.of(TimeColumn.NAME, objectColumn, column));
        var time = new TimeColumn(reader, input);
        var object = new NameColumn(reader, input, objectColumn, objects, objects == shared.names().nodes);
        var texts = new LabelTexts();
        LabelTexts.Dictionary dictionary = null;
        int[] numbers = new int[BATCH_ROWS];
        int count = reader.next(BATCH_ROWS);
        while (count > 0) {
            time.read(count, starts, 0);
            object.read(count, numbers, 0);
            var binaries = reader.binaries(column);
            if (binaries.isCoded() && (dictionary == null || !dictionary.isOf(binaries.dictionary()))) {
                dictionary = new LabelTexts.Dictionary(binaries.dictionary());
            }
            texts.clear(count);
            texts.add(binaries, count, dictionary);
            start = stopwatch.add(Stopwatch.Part.READ, start);
            texts.resolve(resolver, mode, parsed);
            for (int i = 0; i < count; i++) {
                int day = DayRange.day(starts[i]);
                if (numbers[i] >= 0 && days.contains(day)) {
                    counts.labelRows++;
                    counts.malformedLabels += parsed[i] & LabelParser.MALFORMED;
                    out.add(day, numbers[i], starts[i], parsed[i] >> 1);
                }
            }
            start = stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
            count = reader.next(BATCH_ROWS);
        }
        stopwatch.add(Stopwatch.Part.READ, start);
    }

    private void roles(ParquetInput input, int rowGroup) throws IOException {
        long start = stopwatch.now();
        var reader = input.rowGroup(rowGroup, List.of("node", "node_role"));
        var roleNames = new Names("node_role", Integer.MAX_VALUE);
        var node = new NameColumn(reader, input, "node", shared.names().nodes, true);
        var role = new NameColumn(reader, input, "node_role", roleNames, false);
        int[] nodes = new int[BATCH_ROWS];
        int[] found = new int[BATCH_ROWS];
        int count = reader.next(BATCH_ROWS);
        while (count > 0) {
            node.read(count, nodes, 0);
            role.read(count, found, 0);
            for (int i = 0; i < count; i++) {
                var text = roleNames.string(found[i]);
                if (nodes[i] >= 0 && text != null) {
                    roles.merge(nodes[i], text, SmallTables::greater);
                }
            }
            count = reader.next(BATCH_ROWS);
        }
        stopwatch.add(Stopwatch.Part.READ, start);
    }

    private void storage(ParquetInput input, int rowGroup) throws IOException {
        long start = stopwatch.now();
        var columns = new ArrayList<>(Table.STORAGE.required());
        boolean hasHandle = input.find("csi_volume_handle").isPresent();
        if (hasHandle) {
            columns.add("csi_volume_handle");
        }
        var names = shared.names();
        var reader = input.rowGroup(rowGroup, columns);
        var time = new TimeColumn(reader, input);
        var nameColumns = new ArrayList<NameColumn>(List.of(
                new NameColumn(reader, input, "namespace", names.namespaces, false),
                new NameColumn(reader, input, "pod", names.pods, false),
                new NameColumn(reader, input, "persistentvolumeclaim", names.claims, false),
                new NameColumn(reader, input, "persistentvolume", names.volumes, false),
                new NameColumn(reader, input, "storageclass", names.storageClasses, false)));
        if (hasHandle) {
            nameColumns.add(new NameColumn(reader, input, "csi_volume_handle", names.handles, false));
        }
        int[][] numbers = new int[6][BATCH_ROWS];
        Arrays.fill(numbers[5], Names.NULL);
        var valueColumns = List.of(
                new NumberColumn(reader, input, "persistentvolumeclaim_capacity_bytes"),
                new NumberColumn(reader, input, "persistentvolumeclaim_capacity_byte_seconds"),
                new NumberColumn(reader, input, "volume_request_storage_byte_seconds"),
                new NumberColumn(reader, input, "persistentvolumeclaim_usage_byte_seconds"));
        double[][] values = new double[4][BATCH_ROWS];
        var texts = new LabelTexts();
        int[][] labels = new int[2][BATCH_ROWS];
        LabelTexts.@Nullable Dictionary[] dictionaries = new LabelTexts.@Nullable Dictionary[2];
        int count = reader.next(BATCH_ROWS);
        while (count > 0) {
            time.read(count, starts, 0);
            for (int i = 0; i < nameColumns.size(); i++) {
                nameColumns.get(i).read(count, numbers[i], 0);
            }
            for (int i = 0; i < values.length; i++) {
                valueColumns.get(i).read(count, values[i], 0);
            }
            start = stopwatch.add(Stopwatch.Part.READ, start);
            for (int i = 0; i < labels.length; i++) {
                var column = reader.binaries(i == 0 ? "persistentvolume_labels" : "persistentvolumeclaim_labels");
                var dictionary = dictionaries[i];
                if (column.isCoded() && (dictionary == null || !dictionary.isOf(column.dictionary()))) {
                    dictionary = new LabelTexts.Dictionary(column.dictionary());
                    dictionaries[i] = dictionary;
                }
                texts.clear(count);
                texts.add(column, count, dictionary);
                texts.resolve(resolver, mode, labels[i]);
            }
            start = stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
            for (int i = 0; i < count; i++) {
                storageRow(i, numbers, values, labels);
            }
            start = stopwatch.add(Stopwatch.Part.AGGREGATE, start);
            count = reader.next(BATCH_ROWS);
        }
        stopwatch.add(Stopwatch.Part.READ, start);
    }

    private void storageRow(int row, int[][] numbers, double[][] values, int[][] labels) {
        int day = DayRange.day(starts[row]);
        if (!days.contains(day)) {
            return;
        }
        for (double[] column : values) {
            if (FixedPoint.isAnomalous(column[row])) {
                counts.anomalous++;
                return;
            }
        }
        counts.storageRows++;
        counts.malformedLabels += labels[0][row] & LabelParser.MALFORMED;
        counts.malformedLabels += labels[1][row] & LabelParser.MALFORMED;
        storage.group(new StorageGroups.Key(
                        day,
                        numbers[0][row],
                        numbers[1][row],
                        numbers[2][row],
                        numbers[3][row],
                        numbers[4][row],
                        numbers[5][row],
                        labels[0][row] >> 1,
                        labels[1][row] >> 1))
                .add(values[0][row], values[1][row], values[2][row], values[3][row]);
    }

    void merge(SmallTables other) {
        nodeLabels.merge(other.nodeLabels);
        namespaceLabels.merge(other.namespaceLabels);
        other.roles.forEach((node, role) -> roles.merge(node, role, SmallTables::greater));
        storage.merge(other.storage);
    }

    Lookups lookups() {
        return new Lookups(
                nodeLabels.byDayAndObject(),
                namespaceLabels.byDayAndObject(),
                Map.copyOf(roles),
                nodeLabels.conflicts() + namespaceLabels.conflicts());
    }

    StorageGroups storage() {
        return storage;
    }

    /// Numbers of the pods that claims name.
    Set<Integer> podsOfClaims() {
        var pods = new HashSet<Integer>();
        storage.groups().keySet().forEach(key -> pods.add(key.pod()));
        pods.remove(Names.NULL);
        return pods;
    }

    private static String greater(String a, String b) {
        var utf8 = java.nio.charset.StandardCharsets.UTF_8;
        return Arrays.compareUnsigned(a.getBytes(utf8), b.getBytes(utf8)) >= 0 ? a : b;
    }
}
