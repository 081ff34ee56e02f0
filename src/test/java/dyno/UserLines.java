package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;

/// Users as clients send them, JSON Lines, and what the tables that keep them hold afterwards.
final class UserLines {

    private UserLines() {}

    /// Users with ids one after the other, each with two entries in its activity log.
    static String of(int firstId, int count) {
        var lines = new StringBuilder();
        for (int id = firstId; id < firstId + count; id++) {
            lines.append("""
                    {"id":%d,"username":"name %d","activityLog":[{"key":"a","value":"did %d0"},{"value":"did %d1"}]}
                    """.formatted(id, id, id, id));
        }
        return lines.toString();
    }

    /// The users 1 to `first` and `count` from `from` on, each once and whole, and no others.
    static void assertLoaded(Connection database, String schema, int first, int from, int count) throws SQLException {
        long users = first + count;
        long ids = (long) first * (first + 1) / 2 + (long) count * (2L * from + count - 1) / 2;
        var place = " FROM etl_" + schema + ".";
        assertThat(number(database, "SELECT count(*)" + place + "users")).isEqualTo(users);
        assertThat(number(database, "SELECT sum(id)" + place + "users WHERE username = 'name ' || id"))
                .isEqualTo(ids);
        assertThat(number(database, "SELECT count(*)" + place + "activity_log")).isEqualTo(2 * users);
        assertThat(number(
                        database,
                        "SELECT sum(user_id)" + place + "activity_log WHERE value = 'did ' || user_id || ord"))
                .isEqualTo(2 * ids);
    }

    static long number(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }
}
