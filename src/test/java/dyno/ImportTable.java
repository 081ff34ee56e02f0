package dyno;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which package may import which, as `docs/architecture.md` has it: one row for each.
///
/// Names are without the leading `dyno.`; the root is the empty name.
final class ImportTable {

    // Roots of packages, separated by blanks.
    private static final String SPRING = "org.springframework";
    private static final String SQL = "java.sql javax.sql org.postgresql com.zaxxer.hikari";
    private static final String JSON_BINDING = "tools.jackson.databind com.fasterxml.jackson.databind com.google.gson";
    private static final String SERVLETS = "jakarta.servlet";
    private static final String METERS = "io.micrometer";

    /// What comes with the JDK or means nothing at run time.
    private static final String JDK = "java javax.crypto jdk org.jspecify.annotations";

    /// @param ours    packages of ours that it may import, beside itself
    /// @param foreign what it may import of others
    private record Row(Set<String> ours, Foreign foreign) {}

    /// What a package may import of others: nothing but `only`, where that is not empty, and nothing of `never`.
    private record Foreign(List<String> only, List<String> never) {

        boolean allows(String packageName) {
            return (only.isEmpty() || isIn(only, packageName)) && !isIn(never, packageName);
        }
    }

    private static final Map<String, Row> ROWS = new TreeMap<>();

    static {
        row("engine.kernel", "", only(JDK, SQL));
        row("engine", "engine.kernel", only(JDK, SQL));
        row("engine.arrayrecord", "engine engine.kernel", never(SPRING));
        row("engine.parquet", "engine engine.kernel", never(SPRING));
        for (var engine : List.of("generator", "marc", "grouping", "etl", "aggregation")) {
            row(
                    "engine." + engine,
                    "engine engine.kernel engine.parquet engine.arrayrecord",
                    never(SPRING, JSON_BINDING, SERVLETS, METERS));
        }
        row("measurement", "engine", never(SPRING, SQL));
        row("environment", "engine", never(SPRING, SQL));
        row(
                "catalog",
                "engine engine.kernel engine.generator engine.marc engine.arrayrecord engine.parquet engine.grouping"
                        + " engine.etl engine.aggregation web",
                never());
        row("fork", "engine measurement environment catalog", never(SPRING, SQL));
        row("web", "engine", never());
        row("embedded", "engine", never());
        row("dataset", "engine catalog web", never());
        row("result", "engine measurement environment catalog web", never());
        row("job", "engine measurement environment fork catalog web dataset result", never());
        row("suite", "job measurement catalog web", never());
        row("webhook", "engine catalog web job result suite", never());
        row("metrics", "engine measurement environment catalog job result suite webhook", never());
        row("security", "web", never());
        row(
                "cli",
                "engine catalog measurement fork engine.generator engine.arrayrecord engine.grouping",
                never(SPRING));
    }

    private ImportTable() {}

    /// Every class keeps to its package's row.
    static ArchCondition<JavaClass> respectingIt() {
        return new ArchCondition<>("import what the table of docs/architecture.md allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                complaints(type)
                        .distinct()
                        .forEach(complaint -> events.add(SimpleConditionEvent.violated(type, complaint)));
            }
        };
    }

    private static Stream<String> complaints(JavaClass type) {
        var from = name(type);
        if (from.isEmpty()) {
            return Stream.empty();
        }
        var row = ROWS.get(from);
        if (row == null) {
            return Stream.of("Package dyno.%s has no row in the table".formatted(from));
        }
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(target -> !target.isPrimitive())
                .flatMap(target -> complaint(from, row, target).stream())
                .map(imported -> "%s imports %s, which dyno.%s may not".formatted(type.getName(), imported, from));
    }

    private static Optional<String> complaint(String from, Row row, JavaClass target) {
        boolean isOurs = target.getPackageName().equals("dyno")
                || target.getPackageName().startsWith("dyno.");
        boolean isAllowed = isOurs
                ? name(target).equals(from) || row.ours().contains(name(target))
                : row.foreign().allows(target.getPackageName());
        return isAllowed ? Optional.empty() : Optional.of(target.getName());
    }

    /// The package's name in the table.
    private static String name(JavaClass type) {
        return type.getPackageName().equals("dyno") ? "" : type.getPackageName().substring("dyno.".length());
    }

    private static boolean isIn(List<String> roots, String packageName) {
        return roots.stream().anyMatch(root -> packageName.equals(root) || packageName.startsWith(root + "."));
    }

    private static void row(String name, String ours, Foreign foreign) {
        ROWS.put(name, new Row(Set.copyOf(words(ours)), foreign));
    }

    private static Foreign only(String only, String butNot) {
        return new Foreign(words(only), words(butNot));
    }

    private static Foreign never(String... never) {
        return new Foreign(List.of(), words(String.join(" ", never)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
