package dyno.cli;

import java.util.ArrayList;
import java.util.List;

/// A table of text whose columns are as wide as they have to be. Used by one thread.
final class Columns {

    /// @param ink colour, where colours may be used; never counts as width
    record Cell(String text, Ink ink) {

        static Cell of(String text) {
            return new Cell(text, Ink.PLAIN);
        }
    }

    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final List<List<Cell>> rows = new ArrayList<>();

    /// @param headings one for each column; columns that stay empty below theirs are left out
    Columns(List<String> headings) {
        rows.add(headings.stream().map(heading -> new Cell(heading, Ink.FAINT)).toList());
    }

    void add(List<Cell> row) {
        rows.add(List.copyOf(row));
    }

    void print(Terminal terminal) {
        var widths = widths();
        for (var row : rows) {
            terminal.out().println(line(row, widths, terminal).stripTrailing());
        }
    }

    private List<Integer> widths() {
        var widths = new ArrayList<Integer>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int cells = 0;
            for (var row : rows.subList(1, rows.size())) {
                cells = Math.max(cells, row.get(column).text().length());
            }
            int heading = rows.getFirst().get(column).text().length();
            widths.add(cells == 0 ? 0 : Math.max(heading, cells));
        }
        return widths;
    }

    private static String line(List<Cell> row, List<Integer> widths, Terminal terminal) {
        var line = new StringBuilder(INDENT);
        for (int column = 0; column < row.size(); column++) {
            int width = widths.get(column);
            if (width > 0) {
                var cell = row.get(column);
                line.append(cell.ink().on(cell.text(), terminal))
                        .append(" ".repeat(width - cell.text().length()))
                        .append(GAP);
            }
        }
        return line.toString();
    }
}
