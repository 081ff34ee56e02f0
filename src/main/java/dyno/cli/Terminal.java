package dyno.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/// Where a command prints, and what can be shown there.
///
/// @param out         for answers
/// @param err         for what went wrong, and for progress where `out` is for programs
/// @param interactive whether a person looks at `out`: a line of it can be drawn again
/// @param coloured    whether colours may be used
/// @param columns     width of a line
/// @param glyphs      the signs that the character set has
record Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean coloured, int columns, Glyphs glyphs) {

    private static final int USUAL_COLUMNS = 80;

    /// The terminal, pipe or file that this process was started with.
    ///
    /// @param environment for `NO_COLOR` ([no-color.org](https://no-color.org)), `TERM` and `COLUMNS`
    static Terminal ofProcess(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean isTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean interactive = isTerminal && !"dumb".equals(environment.get("TERM"));
        boolean coloured =
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                writer(out), writer(err), interactive, coloured, columns(environment), Glyphs.in(out.charset()));
    }

    private static PrintWriter writer(PrintStream stream) {
        Charset charset = stream.charset();
        return new PrintWriter(stream, true, charset);
    }

    /// Shells that tell the width do so in `COLUMNS`; one that is not a number is no width.
    private static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }

    /// Signs beyond ASCII, or what stands for them.
    record Glyphs(String plusMinus, String times) {

        static Glyphs in(Charset charset) {
            return charset.newEncoder().canEncode("±×") ? new Glyphs("±", "×") : new Glyphs("+-", "x");
        }
    }
}
