package dyno.engine.aggregation;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Capacity over days as DuckDB added it up. Rows look theirs up here: there are a hundred rows to a node,
/// and joining
/// four wide integers to each costs DuckDB and whoever reads its rows more than all else that is said of
/// nodes.
/// Immutable.
///
/// @param nodes    by day and node
/// @param clusters by day
record DuckCapacities(Map<NodeDay, Capacity> nodes, Map<Integer, Capacity> clusters) {

    private static final Capacity NONE = new Capacity(null, null);

    /// A node on a day since 1970.
    record NodeDay(int day, String node) {}

    /// Sums of q of core-seconds and of byte-seconds; null where no row has any.
    record Capacity(@Nullable BigInteger cores, @Nullable BigInteger bytes) {}

    static DuckCapacities of(Duck duck) {
        var nodes = duck.query("SELECT day, node, cores, bytes FROM node_days", rows -> {
            var found = new HashMap<NodeDay, Capacity>();
            while (rows.next()) {
                found.put(new NodeDay(rows.getInt(1), rows.getString(2)), capacity(rows, 3));
            }
            return found;
        });
        var clusters = duck.query("SELECT day, cores, bytes FROM cluster_days", rows -> {
            var found = new HashMap<Integer, Capacity>();
            while (rows.next()) {
                found.put(rows.getInt(1), capacity(rows, 2));
            }
            return found;
        });
        return new DuckCapacities(Map.copyOf(nodes), Map.copyOf(clusters));
    }

    Capacity node(int day, String node) {
        return nodes.getOrDefault(new NodeDay(day, node), NONE);
    }

    Capacity cluster(int day) {
        return clusters.getOrDefault(day, NONE);
    }

    private static Capacity capacity(ResultSet rows, int column) throws SQLException {
        return new Capacity(DuckStrategy.integer(rows, column), DuckStrategy.integer(rows, column + 1));
    }
}
