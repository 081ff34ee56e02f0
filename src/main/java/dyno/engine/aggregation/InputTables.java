package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.parquet.ColumnFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of the input by table. Immutable.
///
/// @param files  in bytewise order of their names
/// @param rows   by table
/// @param digest of names, sizes and what the footers say
record InputTables(Map<Table, List<InputFile>> files, Map<Table, Long> rows, String digest) {

    static final InputTables NONE = new InputTables(Map.of(), Map.of(), "");

    /// Recognises the Parquet files below a folder.
    ///
    /// @throws EngineException where a file is damaged, belongs to no table or lacks a column, or where no file
    ///                         holds pod usage
    static InputTables below(Path folder) throws IOException {
        var found = new ArrayList<InputFile>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(p -> p.toString().endsWith(".parquet"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                found.add(LocalFile.of(folder, path));
            }
        }
        return of(found);
    }

    /// Recognises all files of a folder, whatever they are called: those of a dataset.
    ///
    /// @throws EngineException as [#below]
    static InputTables in(Path folder) throws IOException {
        var found = new ArrayList<InputFile>();
        try (var paths = Files.list(folder)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                found.add(LocalFile.of(folder, path));
            }
        }
        return of(found);
    }

    /// @throws EngineException as [#below]
    static InputTables of(List<InputFile> unordered) throws IOException {
        var ordered = new ArrayList<>(unordered);
        ordered.sort(Comparator.comparing(
                file -> file.name().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.util.Arrays::compareUnsigned));
        var files = new EnumMap<Table, List<InputFile>>(Table.class);
        var rows = new EnumMap<Table, Long>(Table.class);
        for (var table : Table.values()) {
            files.put(table, new ArrayList<>());
            rows.put(table, 0L);
        }
        var sha = new dyno.engine.kernel.Sha256();
        for (var file : ordered) {
            try (var parquet = file.open()) {
                var table = table(file.name(), parquet.columns());
                files.computeIfAbsent(table, key -> new ArrayList<>()).add(file);
                rows.merge(table, parquet.rows(), Long::sum);
                byte[] line = "%s\t%s\t%d\t%d\n"
                        .formatted(file.name(), table, file.bytes(), parquet.rows())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                sha.update(line, 0, line.length);
            }
        }
        var tables = new InputTables(Map.copyOf(files), Map.copyOf(rows), sha.prefixed());
        if (tables.of(Table.POD_USAGE).isEmpty()) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "None of %d Parquet files holds pod usage: none has the column pod_usage_cpu_core_seconds"
                            .formatted(ordered.size()));
        }
        return tables;
    }

    List<InputFile> of(Table table) {
        return files.getOrDefault(table, List.of());
    }

    long rows(Table table) {
        return rows.getOrDefault(table, 0L);
    }

    long bytes(Set<Table> tables) {
        return tables.stream()
                .flatMap(table -> of(table).stream())
                .mapToLong(InputFile::bytes)
                .sum();
    }

    /// The first file that is not as it was; null where all are.
    @org.jspecify.annotations.Nullable
    String change() throws IOException {
        for (var list : files.values()) {
            for (var file : list) {
                var change = file.change();
                if (change != null) {
                    return change;
                }
            }
        }
        return null;
    }

    /// The table of a file with such columns.
    static Table table(String file, List<ColumnFacts> columns) {
        var names = new HashSet<String>();
        columns.stream().filter(ColumnFacts::isFlat).forEach(column -> names.add(column.name()));
        var table = Table.of(names)
                .orElseThrow(() -> new EngineException(
                        FailureCode.INVALID_INPUT,
                        "%s belongs to no table: its columns are %s"
                                .formatted(
                                        file, names.stream().sorted().limit(30).toList())));
        var missing = table.missing(names);
        if (!missing.isEmpty()) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "%s holds %s but lacks %s".formatted(file, table.folder(), String.join(", ", missing)));
        }
        return table;
    }
}
