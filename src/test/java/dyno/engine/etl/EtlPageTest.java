package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What docs/engines/etl.md has to say wherever it says how much faster something is.
class EtlPageTest {

    private static final Path PAGE = Path.of("docs/engines/etl.md");
    private static final Pattern SPEED_UP =
            Pattern.compile("(?i)speed-up|\\bratio\\b|one job|\\d(\\.\\d+)?x\\b|` : `|\\d : `");

    private List<String> lines;

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(PAGE, UTF_8);
    }

    @Test
    void showsWhatARecordTakesBesideEverySpeedUp() {
        var tables = tables(lines).stream()
                .filter(table ->
                        table.stream().anyMatch(row -> SPEED_UP.matcher(row).find()))
                // Names of tests and suites are no figures.
                .filter(table -> !table.getFirst().contains("held by"))
                .toList();

        assertThat(tables)
                .hasSizeGreaterThan(4)
                .allSatisfy(table -> assertThat(table.getFirst()).contains("bytes"));
    }

    @Test
    void showsBytesARecordBesideEachSpeedUpOfTheLevels() {
        var section = section("`etl-levels`");
        var table = tables(section).getFirst();
        var header = cells(table.getFirst());

        assertThat(header).contains("bytes a record").anyMatch(cell -> cell.contains("speed-up"));
        assertThat(table.subList(2, table.size()))
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(cells(row).get(header.indexOf("bytes a record")))
                        .matches("[0-9,]+"));
    }

    @Test
    void saysOfTheLevelsThatTheDataDiffer() {
        assertThat(String.join("\n", section("`etl-levels`"))).contains("The data differ");
    }

    /// From a heading that contains the words to the next one.
    private List<String> section(String words) {
        var section = new ArrayList<String>();
        boolean isIn = false;
        for (var line : lines) {
            if (line.startsWith("#")) {
                isIn = line.contains(words);
            } else if (isIn) {
                section.add(line);
            }
        }
        assertThat(section).as(words).isNotEmpty();
        return section;
    }

    private static List<List<String>> tables(List<String> lines) {
        var tables = new ArrayList<List<String>>();
        var table = new ArrayList<String>();
        for (var line : lines) {
            if (line.startsWith("|")) {
                table.add(line);
            } else if (!table.isEmpty()) {
                tables.add(table);
                table = new ArrayList<>();
            }
        }
        if (!table.isEmpty()) {
            tables.add(table);
        }
        return tables;
    }

    private static List<String> cells(String row) {
        return List.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1)).stream()
                .map(String::strip)
                .toList();
    }
}
