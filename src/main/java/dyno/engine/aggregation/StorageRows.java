package dyno.engine.aggregation;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/// Storage rows joined with the nodes of their pods. Used by one thread at a time.
final class StorageRows {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int GIGABYTE_SHIFT = FixedPoint.MEMORY_BITS + 30;

    /// Everything that a row of the result is by.
    private record RowKey(
            int day,
            int namespace,
            int node,
            int resource,
            int claim,
            int volume,
            int storageClass,
            int handle,
            int labels) {}

    private record VolumeDay(int day, int volume) {}

    private final Shared shared;
    private final Partials partials;
    private final LabelSets.Merger merger;
    private final ResultRows rows;
    private final IntToLongFunction category;

    StorageRows(
            Shared shared, Partials partials, LabelSets.Merger merger, ResultRows rows, IntToLongFunction category) {
        this.shared = shared;
        this.partials = partials;
        this.merger = merger;
        this.rows = rows;
        this.category = category;
    }

    void add() {
        Map<VolumeDay, Set<Integer>> nodes = new HashMap<>();
        Map<RowKey, StorageGroups.Values> joined = new HashMap<>();
        partials.storage().groups().forEach((key, values) -> {
            var places =
                    new ArrayList<>(partials.places().of(new PodPlaces.Pod(key.day(), key.pod(), key.namespace())));
            if (places.isEmpty()) {
                places.add(new PodPlaces.Place(Names.NULL, Names.NULL));
            }
            for (var place : places) {
                if (place.node() != Names.NULL) {
                    nodes.computeIfAbsent(new VolumeDay(key.day(), key.volume()), k -> new HashSet<>())
                            .add(place.node());
                }
                joined.computeIfAbsent(rowKey(key, place), k -> new StorageGroups.Values())
                        .merge(values);
            }
        });
        joined.forEach((key, values) -> {
            int count = Math.max(
                    1,
                    nodes.getOrDefault(new VolumeDay(key.day(), key.volume()), Set.of())
                            .size());
            add(key, values, count);
        });
    }

    private RowKey rowKey(StorageGroups.Key key, PodPlaces.Place place) {
        int labels = merger.merge(
                new int[] {
                    partials.lookups().nodeSet(key.day(), place.node()),
                    partials.lookups().namespaceSet(key.day(), key.namespace()),
                    key.volumeLabels(),
                    key.claimLabels()
                },
                4);
        return new RowKey(
                key.day(),
                key.namespace(),
                place.node(),
                place.resource(),
                key.claim(),
                key.volume(),
                key.storageClass(),
                key.handle(),
                labels);
    }

    private void add(RowKey key, StorageGroups.Values values, int nodeCount) {
        int row = rows.begin(
                Output.STORAGE, key.day(), key.namespace(), key.labels(), category.applyAsLong(key.namespace()));
        rows.text(row, ResultRows.NODE, key.node());
        rows.text(row, ResultRows.RESOURCE, key.resource());
        rows.text(row, ResultRows.CLAIM, key.claim());
        rows.text(row, ResultRows.VOLUME, key.volume());
        rows.text(row, ResultRows.STORAGE_CLASS, key.storageClass());
        rows.text(row, ResultRows.HANDLE, key.handle());
        var group = "%s, claim %s"
                .formatted(
                        LocalDate.ofEpochDay(key.day()), shared.names().claims.string(key.claim()));
        if (values.capacityBytes != Double.NEGATIVE_INFINITY) {
            rows.decimal(
                    row,
                    ResultRows.CLAIM_GIGABYTES,
                    Micros.units(FixedPoint.wide(values.capacityBytes, FixedPoint.MEMORY_BITS), GIGABYTE_SHIFT),
                    group);
        }
        int days = LocalDate.ofEpochDay(key.day()).lengthOfMonth();
        months(row, ResultRows.CLAIM_GIGABYTE_MONTHS, values.capacity, days, group);
        months(row, ResultRows.REQUEST_MONTHS, values.request, days * nodeCount, group);
        months(row, ResultRows.USAGE_MONTHS, values.usage, days * nodeCount, group);
    }

    private void months(int row, int column, ExactSum byteSeconds, int divisor, String group) {
        if (!byteSeconds.isEmpty()) {
            var micros = Micros.quotient(
                    byteSeconds.q(),
                    BigInteger.valueOf(SECONDS_PER_DAY)
                            .multiply(BigInteger.valueOf(divisor))
                            .shiftLeft(GIGABYTE_SHIFT));
            rows.decimal(row, column, micros, group);
        }
    }
}
