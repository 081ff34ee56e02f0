package dyno.engine.aggregation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Pod rows aggregated the plain, slow way: rows are objects, sums are BigInteger, keys are lists, nothing is shared
/// with the engine but the reading of label texts by Jackson.
final class PlainAggregation {

    private static final BigDecimal MOST = new BigDecimal("1e18");
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);

    /// A row of the pod table. Numbers may be null or NaN.
    ///
    /// @param values usage, request, effective, limit of CPU, the same of memory, cores, core-seconds, bytes,
    ///               byte-seconds
    record PodRow(
            Instant start,
            @Nullable String namespace,
            @Nullable String node,
            @Nullable String resource,
            @Nullable String labels,
            @Nullable Double[] values) {}

    /// A row of a label table.
    record LabelRow(Instant start, String object, @Nullable String labels) {}

    long anomalous;
    long withoutNode;
    long malformed;
    private final ReferenceLabels reader;
    private final List<String> enabled;

    PlainAggregation(List<String> enabledKeys) {
        this.reader = new ReferenceLabels(enabledKeys);
        var all = new ArrayList<>(enabledKeys);
        all.add(EnabledKeys.ALWAYS);
        this.enabled = all;
    }

    private static final class Group {

        final BigInteger[] sums = new BigInteger[8];
        final BigInteger[] maxima = new BigInteger[4];
        byte @Nullable [] resource;
    }

    List<byte[]> lines(List<PodRow> pods, List<LabelRow> nodes, List<LabelRow> namespaces) {
        var nodeLabels = latest(nodes);
        var namespaceLabels = latest(namespaces);
        Map<List<Object>, BigInteger[]> hours = new HashMap<>();
        Map<List<Object>, Group> groups = new HashMap<>();
        for (var row : pods) {
            if (isAnomalous(row)) {
                anomalous++;
                continue;
            }
            boolean hasNode = row.node() != null && !row.node().isEmpty();
            var hour = hours.computeIfAbsent(List.of(row.start(), hasNode ? row.node() : ""), k -> new BigInteger[2]);
            hour[0] = max(hour[0], q(row, 9));
            hour[1] = max(hour[1], q(row, 11));
            if (!hasNode) {
                withoutNode++;
                continue;
            }
            var date = date(row.start());
            var own = labels(row.labels());
            var merged = new TreeMap<String, String>(PlainAggregation::byCodePoints);
            merged.putAll(nodeLabels.getOrDefault(List.of(date, row.node()), Map.of()));
            if (row.namespace() != null) {
                merged.putAll(namespaceLabels.getOrDefault(List.of(date, row.namespace()), Map.of()));
            }
            merged.putAll(own);
            var key = Arrays.<Object>asList(date, row.namespace(), row.node(), canonical(merged));
            add(groups.computeIfAbsent(key, k -> new Group()), row);
        }
        var lines = new ArrayList<byte[]>();
        groups.forEach((key, group) -> lines.add(line(key, group, hours)));
        lines.sort(Arrays::compareUnsigned);
        return lines;
    }

    private void add(Group group, PodRow row) {
        for (int m = 0; m < 8; m++) {
            var q = m == 2 || m == 6 ? effective(row, m) : q(row, m);
            if (q != null) {
                group.sums[m] = group.sums[m] == null ? q : group.sums[m].add(q);
            }
        }
        for (int m = 0; m < 4; m++) {
            group.maxima[m] = max(group.maxima[m], q(row, 8 + m));
        }
        if (row.resource() != null) {
            byte[] resource = row.resource().getBytes(StandardCharsets.UTF_8);
            if (group.resource == null || Arrays.compareUnsigned(resource, group.resource) > 0) {
                group.resource = resource;
            }
        }
    }

    private static @Nullable BigInteger effective(PodRow row, int m) {
        var provided = q(row, m);
        return provided != null ? provided : max(q(row, m - 2), q(row, m - 1));
    }

    private static boolean isAnomalous(PodRow row) {
        for (var value : row.values()) {
            if (value != null
                    && !value.isNaN()
                    && (value.isInfinite() || new BigDecimal(value).abs().compareTo(MOST) > 0)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable BigInteger q(PodRow row, int index) {
        var value = row.values()[index];
        if (value == null || value.isNaN()) {
            return null;
        }
        boolean isCpu = index < 4 || index == 8 || index == 9;
        return new BigDecimal(value)
                .multiply(BigDecimal.valueOf(isCpu ? 1L << 30 : 1L << 10))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
    }

    private static @Nullable BigInteger max(@Nullable BigInteger a, @Nullable BigInteger b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.max(b);
    }

    /// Labels of the latest row by date and object, on a tie of the greater canonical text.
    private Map<List<Object>, Map<String, String>> latest(List<LabelRow> rows) {
        Map<List<Object>, Instant> starts = new HashMap<>();
        Map<List<Object>, Map<String, String>> found = new HashMap<>();
        for (var row : rows) {
            var key = List.<Object>of(date(row.start()), row.object());
            var labels = labels(row.labels());
            var before = starts.get(key);
            int order = before == null ? 1 : row.start().compareTo(before);
            if (order > 0
                    || order == 0
                            && Arrays.compareUnsigned(
                                            canonical(labels).getBytes(StandardCharsets.UTF_8),
                                            canonical(found.get(key)).getBytes(StandardCharsets.UTF_8))
                                    > 0) {
                starts.put(key, row.start());
                found.put(key, labels);
            }
        }
        return found;
    }

    private Map<String, String> labels(@Nullable String raw) {
        var labels = raw == null ? Map.<String, String>of() : reader.labels(raw);
        if (labels == null) {
            malformed++;
            return new TreeMap<>();
        }
        var kept = new TreeMap<String, String>(PlainAggregation::byCodePoints);
        labels.forEach((key, value) -> {
            if (enabled.contains(key)) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    private static int byCodePoints(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static String canonical(Map<String, String> labels) {
        var text = new StringBuilder("{");
        labels.forEach((key, value) -> text.append(text.length() == 1 ? "" : ",")
                .append(ReferenceLabels.quoted(key))
                .append(':')
                .append(ReferenceLabels.quoted(value)));
        return text.append('}').toString();
    }

    private static LocalDate date(Instant start) {
        return start.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static byte[] line(List<Object> key, Group group, Map<List<Object>, BigInteger[]> hours) {
        var date = (LocalDate) key.get(0);
        var fields = new ArrayList<@Nullable String>();
        fields.add("Pod");
        fields.add(date.toString());
        fields.add((String) key.get(1));
        fields.add((String) key.get(2));
        fields.add(group.resource == null ? null : new String(group.resource, StandardCharsets.UTF_8));
        fields.add((String) key.get(3));
        var core = HOUR.multiply(BigDecimal.valueOf(1L << 30));
        var gigabyte = HOUR.multiply(GIGABYTE).multiply(BigDecimal.valueOf(1L << 10));
        for (int m = 0; m < 8; m++) {
            fields.add(quotient(group.sums[m], m < 4 ? core : gigabyte));
        }
        fields.add(
                group.maxima[0] != null
                        ? quotient(group.maxima[0], BigDecimal.valueOf(1L << 30))
                        : quotient(group.maxima[1], core));
        fields.add(quotient(sum(hours, date, (String) key.get(2), 0), core));
        fields.add(
                group.maxima[2] != null
                        ? quotient(group.maxima[2], GIGABYTE.multiply(BigDecimal.valueOf(1L << 10)))
                        : quotient(group.maxima[3], gigabyte));
        fields.add(quotient(sum(hours, date, (String) key.get(2), 1), gigabyte));
        fields.add(quotient(sum(hours, date, null, 0), core));
        fields.add(quotient(sum(hours, date, null, 1), gigabyte));
        fields.addAll(Arrays.asList(null, null, null, null, null));
        fields.add((String) key.get(3));
        fields.addAll(Arrays.asList(null, null, null, null, null));
        var line = new StringBuilder();
        for (var field : fields) {
            line.append(line.isEmpty() ? "" : "\t").append(field == null ? "\\N" : escaped(field));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /// @param node null for all of them
    private static @Nullable BigInteger sum(
            Map<List<Object>, BigInteger[]> hours, LocalDate date, @Nullable String node, int index) {
        BigInteger sum = null;
        for (var hour : hours.entrySet()) {
            boolean counts = date(((Instant) hour.getKey().get(0))).equals(date)
                    && (node == null || node.equals(hour.getKey().get(1)));
            var value = hour.getValue()[index];
            if (counts && value != null) {
                sum = sum == null ? value : sum.add(value);
            }
        }
        return sum;
    }

    private static @Nullable String quotient(@Nullable BigInteger q, BigDecimal divisor) {
        return q == null
                ? null
                : new BigDecimal(q).divide(divisor, 6, RoundingMode.HALF_UP).toPlainString();
    }
}
