package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The table `texts` in DuckDB: every distinct raw label text with the values of the enabled keys.
///
/// As the strategy, DuckDB's own functions read flat JSON objects without escapes, and the engine's parser what is
/// left: duplicate keys, escapes, nested values, pipes, defects. As the reference, [ReferenceLabels] reads all.
/// Used by one thread at a time.
final class DuckLabels {

    /// Stands between the values of a text on their way into DuckDB; canonical values hold no control characters.
    static final char SEPARATOR = '\u001f';

    /// Reads one text.
    @FunctionalInterface
    interface Reader {
        /// @return the values of the enabled keys as they stand in canonical text, empty where absent, with
        ///         [#SEPARATOR] between; null where the text is malformed
        @org.jspecify.annotations.Nullable
        String values(String raw);
    }

    /// A flat object of strings, nothing escaped, no blanks.
    private static final String PLAIN = "^\\{(\"[^\"\\\\\\x00-\\x1f]*\":\"[^\"\\\\\\x00-\\x1f]*\""
            + "(,\"[^\"\\\\\\x00-\\x1f]*\":\"[^\"\\\\\\x00-\\x1f]*\")*)?\\}$";

    /// Longer than any enabled key.
    private static final String NO_KEY = '"' + "x".repeat(300) + '"';

    private final Duck duck;
    private final EnabledKeys enabled;

    DuckLabels(Duck duck, EnabledKeys enabled) {
        this.duck = duck;
        this.enabled = enabled;
    }

    /// Makes `texts` of the column raw of `source`, a table or query.
    ///
    /// @return texts read
    long make(String source, boolean allByReader, Reader reader) {
        // CASE and not AND, of which DuckDB may take the sides in any order: json_keys fails where there is no JSON.
        var keys = allByReader
                ? "NULL::VARCHAR[]"
                : "CASE WHEN regexp_full_match(raw, %s) THEN json_keys(raw) END".formatted(DuckSql.quote(PLAIN));
        duck.execute("""
                CREATE OR REPLACE TEMP TABLE raws AS
                SELECT raw, coalesce(len(text_keys) = len(list_distinct(text_keys)), false) AS is_plain
                FROM (
                    SELECT raw, %s AS text_keys
                    FROM (SELECT DISTINCT raw FROM (%s) WHERE raw IS NOT NULL)
                )
                """.formatted(keys, source));
        duck.execute("CREATE OR REPLACE TEMP TABLE odd (raw VARCHAR, joined VARCHAR, malformed BOOLEAN)");
        var odd = duck.query("SELECT raw FROM raws WHERE NOT is_plain", rows -> {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
        append(odd, reader);
        duck.execute("""
                CREATE OR REPLACE TEMP TABLE texts AS
                SELECT raw,
                    list_transform(string_split(joined, chr(31)), lambda x: nullif(x, '')) AS vals,
                    malformed
                FROM odd
                """);
        if (!allByReader) {
            duck.execute("""
                    INSERT INTO texts
                    SELECT raw, %s, false
                    FROM raws
                    WHERE is_plain
                    """.formatted(plainValues("raw")));
        }
        return duck.number("SELECT count(*) FROM raws");
    }

    /// The values of a plain text, by DuckDB's JSON functions.
    String plainValues(String raw) {
        var paths = IntStream.range(0, enabled.size())
                .mapToObj(k -> DuckSql.quote("$." + key(k)))
                .collect(Collectors.joining(", ", "[", "]"));
        return "list_transform(json_extract_string(%s, %s), lambda x: '\"' || x || '\"')".formatted(raw, paths);
    }

    /// With its quotes, without its colon. A key that needs escapes is in no plain text, so any path will do that
    /// finds nothing.
    private String key(int k) {
        var quoted = new String(enabled.quoted(k), StandardCharsets.UTF_8);
        return quoted.contains("\\") ? NO_KEY : quoted.substring(0, quoted.length() - 1);
    }

    private void append(List<String> raws, Reader reader) {
        try (var appender = duck.connection().createAppender("temp", "main", "odd")) {
            for (var raw : raws) {
                var values = reader.values(raw);
                appender.beginRow();
                appender.append(raw);
                appender.append(values == null ? String.valueOf(SEPARATOR).repeat(enabled.size() - 1) : values);
                appender.append(values == null);
                appender.endRow();
            }
        } catch (SQLException e) {
            throw duck.failed(e);
        }
    }

    /// The engine's own parser as a reader.
    static Reader own(LabelParser parser, LabelSets sets) {
        return raw -> {
            byte[] text = raw.getBytes(StandardCharsets.UTF_8);
            int parsed = parser.parse(text, 0, text.length);
            if ((parsed & LabelParser.MALFORMED) != 0) {
                return null;
            }
            var set = sets.set(parsed >> 1);
            var values = new String[sets.enabled().size()];
            java.util.Arrays.fill(values, "");
            for (int i = 0; i < set.size(); i++) {
                values[set.key(i)] =
                        new String(set.block(), set.valueFrom(i), set.valueLength(i), StandardCharsets.UTF_8);
            }
            return String.join(String.valueOf(SEPARATOR), values);
        };
    }
}
