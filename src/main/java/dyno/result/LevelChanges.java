package dyno.result;

import dyno.measurement.ChangePoints;
import dyno.web.Cursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Finds runs beside the changes of level of their cases' histories. Safe for any number of threads.
///
/// A run is judged while its neighbours are still there, in the 200 points around it, as many as a client
/// sees at most; whoever removes it afterwards has to remember what was found, as thinned histories show
/// less.
final class LevelChanges {

    /// Points before the run that is judged.
    private static final int BEFORE = 50;

    /// From the run on. Of these the last [#BEFORE] show changes too near the end to be judged well.
    private static final int FROM = 150;

    private final ResultStore runs;
    private final HistoryStore history;
    private final int neighbours;

    /// @param neighbours points on each side of a change that are beside it
    LevelChanges(ResultStore runs, HistoryStore history, int neighbours) {
        this.runs = runs;
        this.history = history;
        this.neighbours = neighbours;
    }

    /// Runs beside the changes that candidates are near to: candidates among them, and others of the same
    /// histories.
    ///
    /// @param candidates oldest first
    Set<UUID> beside(List<UUID> candidates) {
        var members = new LinkedHashMap<Series, List<Cursor>>();
        for (var id : candidates) {
            runs.find(id, false).ifPresent(run -> addSeries(run, members));
        }
        var found = new HashSet<UUID>();
        members.forEach((series, runsOfIt) -> judge(series, runsOfIt, found));
        return found;
    }

    private void addSeries(Run run, Map<Series, List<Cursor>> members) {
        for (var result : run.cases()) {
            history.series(run.id(), result.name(), SameJob.labels(run))
                    .ifPresent(series -> members.computeIfAbsent(series, one -> new ArrayList<>())
                            .add(new Cursor(run.startedAt(), run.id())));
        }
    }

    /// One look at the history serves all candidates that stand well within it.
    private void judge(Series series, List<Cursor> candidates, Set<UUID> found) {
        var judged = new HashSet<UUID>();
        for (var candidate : candidates) {
            if (!judged.contains(candidate.id())) {
                judged.add(candidate.id());
                look(series, candidate, judged, found);
            }
        }
    }

    private void look(Series series, Cursor at, Set<UUID> judged, Set<UUID> found) {
        var points = new ArrayList<>(history.before(series, at, BEFORE));
        var following = history.from(series, at, FROM);
        points.addAll(following);
        boolean isToTheEnd = following.size() < FROM;
        int end = isToTheEnd ? points.size() : points.size() - BEFORE;
        // The last ones may stand beside a change that this look is too short for.
        int judgedTo = isToTheEnd ? end : Math.max(0, end - neighbours);
        points.subList(0, judgedTo).forEach(point -> judged.add(point.runId()));
        var scores = points.stream().mapToDouble(HistoryPoint::score).toArray();
        for (var change : ChangePoints.of(scores)) {
            if (change.index() < end) {
                int from = Math.max(0, change.index() - neighbours);
                int to = Math.min(points.size(), change.index() + neighbours);
                points.subList(from, to).forEach(point -> found.add(point.runId()));
            }
        }
    }
}
