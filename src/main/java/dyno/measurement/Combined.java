package dyno.measurement;

import dyno.engine.Phase;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One figure for a case out of one a fork.
///
/// Numbers become their median, true only what is true in every fork, strings the one that all agree on or else
/// the first fork's. A figure that one fork lacks is null with that fork's reason: a median over the others would
/// speak for forks that said nothing.
public final class Combined {

    /// A fork does not name the figure at all.
    static final String NOT_IN_EVERY_FORK = "NOT_IN_EVERY_FORK";

    /// The figure is a number in one fork and text in another.
    static final String TYPES_DIFFER = "TYPES_DIFFER";

    private static final String REASON = "Reason";

    private Combined() {}

    /// Metrics or resources.
    ///
    /// @param forks as [Metrics#values] gives them, at least one fork
    /// @return figures in the order in which forks first name them
    public static Map<String, @Nullable Object> figures(List<Map<String, @Nullable Object>> forks) {
        var names = new LinkedHashSet<String>();
        forks.forEach(fork -> names.addAll(fork.keySet()));
        var combined = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            if (isReason(name, forks)) {
                continue;
            }
            var figure = figure(name, forks);
            combined.put(name, figure.value());
            if (figure.value() == null) {
                combined.put(name + REASON, figure.reason());
            }
        }
        return combined;
    }

    /// Phases, in the first fork's order.
    ///
    /// @param forks at least one fork
    public static List<Phase> phases(List<List<Phase>> forks) {
        var first = forks.getFirst();
        return first.stream().map(phase -> phase(phase, forks)).toList();
    }

    /// Warnings of all forks, each code once, with the detail of the fork that raised it first.
    public static List<Warning> warnings(List<List<Warning>> forks) {
        var byCode = new LinkedHashMap<String, Warning>();
        forks.stream().flatMap(List::stream).forEach(warning -> byCode.putIfAbsent(warning.code(), warning));
        return List.copyOf(byCode.values());
    }

    /// A check has passed where it passed in each fork that made it; forks of one case must have the same digest,
    /// which is the check `sameDigestEveryFork` where there are several.
    ///
    /// @param forks at least one fork
    public static Verification verification(List<Verification> forks) {
        var checks = new LinkedHashMap<String, Check>();
        for (int fork = 0; fork < forks.size(); fork++) {
            for (var check : forks.get(fork).checks()) {
                var known = checks.get(check.name());
                if (known == null || known.passed()) {
                    checks.put(check.name(), named(check, fork));
                }
            }
        }
        var all = new ArrayList<>(checks.values());
        if (forks.size() > 1) {
            all.add(sameDigest(forks));
        }
        var first = forks.getFirst();
        return new Verification(first.digest(), first.digestReason(), all);
    }

    private static Check named(Check check, int fork) {
        return check.passed()
                ? check
                : Check.failed(
                        check.name(),
                        "fork %d: %s".formatted(fork, Objects.requireNonNullElse(check.detail(), "failed")));
    }

    private static Check sameDigest(List<Verification> forks) {
        var first = forks.getFirst().digest();
        for (int fork = 1; fork < forks.size(); fork++) {
            var digest = forks.get(fork).digest();
            if (!Objects.equals(first, digest)) {
                return Check.failed(
                        "sameDigestEveryFork", "fork 0 has %s, fork %d has %s".formatted(first, fork, digest));
            }
        }
        return Check.passed("sameDigestEveryFork");
    }

    private static Phase phase(Phase first, List<List<Phase>> forks) {
        var seconds = new double[forks.size()];
        for (int fork = 0; fork < seconds.length; fork++) {
            var found = forks.get(fork).stream()
                    .filter(phase -> phase.name().equals(first.name()))
                    .findFirst();
            if (found.isEmpty()) {
                return Phase.unknown(first.name(), first.clock(), NOT_IN_EVERY_FORK);
            }
            var value = found.get().seconds();
            if (value == null) {
                return Phase.unknown(
                        first.name(),
                        first.clock(),
                        Objects.requireNonNullElse(found.get().secondsReason(), NOT_IN_EVERY_FORK));
            }
            seconds[fork] = value;
        }
        return Phase.of(first.name(), Throughput.median(seconds), first.clock());
    }

    /// `xReason` belongs to `x` where a fork has `x` as null; otherwise it is a figure with an unlucky name.
    private static boolean isReason(String name, List<Map<String, @Nullable Object>> forks) {
        if (!name.endsWith(REASON)) {
            return false;
        }
        var owner = name.substring(0, name.length() - REASON.length());
        return forks.stream().anyMatch(fork -> fork.containsKey(owner) && fork.get(owner) == null);
    }

    private static Figure figure(String name, List<Map<String, @Nullable Object>> forks) {
        var values = new ArrayList<Object>(forks.size());
        for (var fork : forks) {
            var value = fork.get(name);
            if (value == null) {
                var reason = fork.get(name + REASON);
                return Figure.absent(reason == null ? NOT_IN_EVERY_FORK : reason.toString());
            }
            values.add(value);
        }
        if (values.stream().allMatch(Boolean.class::isInstance)) {
            return Figure.of(values.stream().allMatch(Boolean.TRUE::equals));
        }
        if (values.stream().allMatch(String.class::isInstance)) {
            return Figure.of(values.getFirst());
        }
        if (values.stream().allMatch(Number.class::isInstance)) {
            return Figure.of(median(values));
        }
        return Figure.absent(TYPES_DIFFER);
    }

    /// Whole numbers stay whole where their median is one of them; that also keeps those beyond 2^53 exact.
    private static Object median(List<Object> values) {
        if (values.stream().allMatch(Combined::isWhole)) {
            var sorted = values.stream()
                    .mapToLong(value -> ((Number) value).longValue())
                    .sorted()
                    .toArray();
            long low = sorted[(sorted.length - 1) / 2];
            long high = sorted[sorted.length / 2];
            if (low == high) {
                return low;
            }
        }
        return Throughput.median(values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray());
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer;
    }

    private record Figure(@Nullable Object value, @Nullable String reason) {

        static Figure of(Object value) {
            return new Figure(value, null);
        }

        static Figure absent(String reason) {
            return new Figure(null, reason);
        }
    }
}
