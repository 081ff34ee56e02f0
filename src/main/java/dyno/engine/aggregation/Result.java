package dyno.engine.aggregation;

import java.math.BigInteger;
import java.util.List;

/// What an invocation made. Immutable once made.
///
/// @param shared    the texts that rows refer to
/// @param parts     rows; which part a row is in means nothing
/// @param counts    of the input's rows
/// @param facts     further counts
/// @param podTotals exact sums over all pod groups by [Metric]; empty for double sums
record Result(Shared shared, List<ResultRows> parts, RowCounts counts, Facts facts, List<BigInteger> podTotals) {

    /// @param labelConflicts days and nodes, or namespaces, with more than one label set
    /// @param missingHours   hours that days of nodes are short of 24
    /// @param nodesWithoutRole nodes of a day with an unallocated row and no known role
    record Facts(long labelConflicts, long missingHours, long nodesWithoutRole) {}

    long rows() {
        return parts.stream().mapToLong(ResultRows::size).sum();
    }

    long rows(Output kind) {
        return parts.stream().mapToLong(part -> part.count(kind)).sum();
    }
}
