package dyno.suite;

import dyno.job.Faults;
import dyno.job.Fields;
import dyno.suite.Schedule.Misfire;
import dyno.suite.Schedule.Overlap;
import dyno.web.Pointer;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads schedules from trees, as bodies and the file hold them, and lists everything that is wrong.
/// Immutable.
final class ScheduleReader {

    private static final int MAX_CRON_CHARACTERS = 200;
    private static final int MAX_ZONE_CHARACTERS = 60;

    /// Any; a line without a time after it has none at all.
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Consumer<String> suites;
    private final Consumer<Map<String, @Nullable Object>> jobs;

    /// @param suites throws `unknown-suite` where there is none of the name
    /// @param jobs   throws what a submission of the job would be refused with
    ScheduleReader(Consumer<String> suites, Consumer<Map<String, @Nullable Object>> jobs) {
        this.suites = suites;
        this.jobs = jobs;
    }

    /// @param name that the address gives; null where the body has to
    /// @throws ProblemException with everything that is wrong; `unknown-suite` where that is all
    Schedule read(@Nullable Object body, @Nullable String name) {
        var faults = new Faults();
        var fields = Fields.ofShownBody(body, faults);
        var readName = fields.name(name, SuiteFile.NAME);
        fields.require("cron");
        var cron = Objects.requireNonNullElse(fields.text("cron", MAX_CRON_CHARACTERS), "");
        var zone = zone(fields, faults);
        check(cron, zone, fields, faults);
        var suite = fields.text("suite", SuiteFile.NAME);
        var job = fields.has("job") ? fields.object("job") : null;
        if ((suite == null) == (job == null) && faults.isEmpty()) {
            faults.add(Pointer.ROOT, "either 'suite' or 'job' has to be there");
        }
        var schedule = new Schedule(
                readName,
                cron,
                zone,
                suite,
                job,
                Objects.requireNonNullElse(fields.flag("enabled"), true),
                Objects.requireNonNullElse(fields.word("misfire", Misfire.ALL), Misfire.SKIP),
                Objects.requireNonNullElse(fields.word("overlap", Overlap.ALL), Overlap.SKIP));
        fields.end();
        faults.throwIfAny();
        checkTarget(schedule);
        return schedule;
    }

    private static ZoneId zone(Fields fields, Faults faults) {
        var zone = fields.text("zone", MAX_ZONE_CHARACTERS);
        try {
            return zone == null ? ZoneId.of("UTC") : ZoneId.of(zone);
        } catch (DateTimeException e) {
            faults.add(fields.pointer("zone"), "%s is no time zone".formatted(Shown.value(zone)));
            return ZoneId.of("UTC");
        }
    }

    private static void check(String line, ZoneId zone, Fields fields, Faults faults) {
        if (line.isEmpty()) {
            if (faults.isEmpty()) {
                faults.add(fields.pointer("cron"), "'cron' has to have five or six fields");
            }
            return;
        }
        try {
            if (Cron.of(line, zone).next(SOME_TIME).isEmpty()) {
                faults.add(fields.pointer("cron"), "%s never fires".formatted(Shown.value(line)));
            }
        } catch (IllegalArgumentException e) {
            faults.add(fields.pointer("cron"), "%s is no cron line: %s".formatted(Shown.value(line), e.getMessage()));
        }
    }

    private void checkTarget(Schedule schedule) {
        if (schedule.suite() != null) {
            suites.accept(schedule.suite());
        }
        if (schedule.job() != null) {
            try {
                jobs.accept(new LinkedHashMap<String, @Nullable Object>(schedule.job()));
            } catch (ProblemException e) {
                if (!SuiteCatalog.isOfThisNode(e)) {
                    throw below("/job", e);
                }
            }
        }
    }

    /// The same refusal, its places as they stand in the schedule.
    private static ProblemException below(String pointer, ProblemException refusal) {
        var violations = new ArrayList<Violation>();
        for (var violation : refusal.violations()) {
            violations.add(new Violation(pointer + violation.pointer(), violation.message(), violation.kind()));
        }
        var problem =
                new ProblemException(refusal.code(), Objects.requireNonNullElse(refusal.getMessage(), ""), violations);
        problem.initCause(refusal);
        return problem;
    }
}
