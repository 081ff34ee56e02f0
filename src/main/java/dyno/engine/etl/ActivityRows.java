package dyno.engine.etl;

import java.sql.SQLException;
import java.util.List;

/// One row a result, in one table: what T2 and T3 make.
final class ActivityRows implements TableRows {

    static final Table LOADED_USER = Table.of(
            "loaded_user",
            "user_id bigint, display_name text, total_activities integer, engagement_score real, data_fingerprint bigint",
            "PRIMARY KEY (user_id)");

    private static final List<Table> TABLES = List.of(LOADED_USER);

    @Override
    public List<Table> tables() {
        return TABLES;
    }

    @Override
    public int write(int table, Results results, int row, RowWriter out) throws SQLException {
        var activities = (ActivityResults) results;
        out.beginRow();
        out.bigint(activities.id(row));
        out.text(activities.nameBytes(row), activities.nameOffset(row), activities.nameLength(row));
        out.integer(activities.totalActivities(row));
        out.real(activities.engagementScore(row));
        out.bigint(activities.dataFingerprint(row));
        out.endRow();
        return 1;
    }

    @Override
    public int rowsOfGenerated(int table) {
        return 1;
    }
}
