package dyno.engine.etl;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads back what was loaded. Used once, by one thread.
final class PgCheck {

    /// Rows fetched at a time.
    private static final int FETCH_ROWS = 10_000;

    private final PgSession session;
    private final TableRows rows;
    private final long[] committed;
    private final List<String> found = new ArrayList<>();

    /// @param committed rows that loaders say are there, by table
    PgCheck(PgSession session, TableRows rows, long[] committed) {
        this.session = session;
        this.rows = rows;
        this.committed = committed;
    }

    /// Of a scratch schema, which has what the last invocation loaded and nothing else.
    ///
    /// @param isGenerated whether each record has the rows of a generated one
    /// @param users       what their rows add up to; null where nobody worked that out
    @Nullable
    String scratch(EtlSink.Expected expected, boolean isGenerated, @Nullable ExpectedRows users) throws SQLException {
        compare("sum(records) of etl_batch", expected.records(), number("""
                SELECT coalesce(sum(records), 0)
                FROM etl_batch
                """));
        var tables = rows.tables();
        for (int table = 0; table < tables.size(); table++) {
            long there = number("SELECT count(*) FROM " + tables.get(table).name());
            compare(tables.get(table).name(), committed[table], there);
            if (isGenerated) {
                compare(tables.get(table).name(), expected.records() * rows.rowsOfGenerated(table), there);
            }
        }
        keys(expected);
        // Where others than those of the input became dead letters, nobody knows the sums.
        if (users != null && users.users() == expected.records()) {
            sums(users);
        }
        if (rows instanceof ActivityRows) {
            activities(expected);
        }
        return found.isEmpty() ? null : String.join("; ", found);
    }

    /// Of a kept schema, in which others may have loaded too: what the ledger says of this job, and that the rows are
    /// there.
    @Nullable
    String kept(EtlSink.Expected expected, UUID job) throws SQLException {
        long added;
        try (var statement = session.jdbc().prepareStatement("""
                SELECT coalesce(sum(records), 0), coalesce(sum(added), 0)
                FROM etl_batch
                WHERE job = ?
                """)) {
            statement.setObject(1, job);
            try (var sums = statement.executeQuery()) {
                if (!sums.next()) {
                    throw new SQLException("A sum without a row");
                }
                compare("sum(records) of etl_batch", expected.records(), sums.getLong(1));
                added = sums.getLong(2);
            }
        }
        var first = rows.tables().getFirst().name();
        long there = number("SELECT count(*) FROM " + first);
        if (there < added) {
            found.add("%s has %d rows, less than the %d that were added".formatted(first, there, added));
        }
        return found.isEmpty() ? null : String.join("; ", found);
    }

    private void keys(EtlSink.Expected expected) throws SQLException {
        var first = rows.tables().getFirst();
        var key = first.columns().getFirst().name();
        compare(
                "distinct " + key,
                expected.records(),
                number("SELECT count(DISTINCT %s) FROM %s".formatted(key, first.name())));
        compare(
                "sum of " + key,
                expected.ids(),
                number("SELECT coalesce(sum(%s), 0) FROM %s".formatted(key, first.name())));
    }

    private void sums(ExpectedRows users) throws SQLException {
        var tables = rows.tables();
        for (int table = 0; table < tables.size(); table++) {
            var name = tables.get(table).name();
            compare("checksum of " + name, users.sums()[table], number(RowSums.sql(tables.get(table))));
        }
    }

    private void activities(EtlSink.Expected expected) throws SQLException {
        compare("sum(total_activities)", expected.totalActivities(), number("""
                SELECT coalesce(sum(total_activities), 0)
                FROM loaded_user
                """));
        compare("bit_xor(data_fingerprint)", expected.fingerprints(), number("""
                SELECT coalesce(bit_xor(data_fingerprint), 0)
                FROM loaded_user
                """));
        if (expected.lines() != null) {
            compare("digest", expected.lines().digest(), lines().digest());
        }
    }

    /// Lines made of the rows as they stand in the table.
    private LineTotals lines() throws SQLException {
        var totals = LineTotals.NONE;
        var line = new LineBuffer(256);
        var row = new StoredActivity();
        row.start(1);
        try (var statement = session.jdbc().createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (var stored = statement.executeQuery("""
                    SELECT user_id, display_name, total_activities, engagement_score, data_fingerprint
                    FROM loaded_user
                    """)) {
                while (stored.next()) {
                    row.userId = stored.getLong(1);
                    row.name = stored.getString(2).getBytes(StandardCharsets.UTF_8);
                    row.activities = stored.getInt(3);
                    row.score = stored.getFloat(4);
                    row.fingerprint = stored.getLong(5);
                    line.clear();
                    row.appendLine(0, line);
                    totals = totals.plus(LineTotals.hash(line.array(), 0, line.length()));
                }
            }
        }
        return totals;
    }

    /// Sums that outgrow 64 bits wrap as ours do.
    private long number(String sql) throws SQLException {
        return new BigDecimal(session.ask(sql)).toBigInteger().longValue();
    }

    private void compare(String what, @Nullable Object expected, Object there) {
        if (expected != null && !Objects.equals(expected, there)) {
            found.add("%s is %s, expected %s".formatted(what, there, expected));
        }
    }

    private static final class StoredActivity extends ActivityResults {

        private long userId;
        private byte[] name = {};
        private int activities;
        private float score;
        private long fingerprint;

        @Override
        boolean isBare() {
            return false;
        }

        @Override
        long id(int row) {
            return userId;
        }

        @Override
        int totalActivities(int row) {
            return activities;
        }

        @Override
        float engagementScore(int row) {
            return score;
        }

        @Override
        long dataFingerprint(int row) {
            return fingerprint;
        }

        @Override
        byte[] nameBytes(int row) {
            return name;
        }

        @Override
        int nameOffset(int row) {
            return 0;
        }

        @Override
        int nameLength(int row) {
            return name.length;
        }
    }
}
