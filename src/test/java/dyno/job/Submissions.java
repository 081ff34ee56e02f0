package dyno.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dyno.catalog.EngineCatalog;
import dyno.engine.Databases.Account;
import dyno.engine.Machine;
import dyno.web.ProblemException;
import dyno.web.StrictJson;
import dyno.web.Violation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Submissions to a node with one engine, four processors, a gibibyte for measured jobs and 256 MiB for smoke jobs.
final class Submissions {

    static final long MIB = 1 << 20;
    static final Machine MACHINE =
            new Machine(4, OptionalInt.of(2), 8L << 30, OptionalLong.empty(), OptionalLong.empty());
    static final EngineCatalog CATALOG = new EngineCatalog(List.of(new PumpEngine()));
    static final Capacity CAPACITY = new Capacity(1024 * MIB, 256 * MIB, () -> 3072 * MIB, 1024 * MIB);

    static final LentDatabases DATABASES = new LentDatabases(
            new Account("jdbc:postgresql://own", "own-user", "own-password"),
            Map.of("archive", new Account("jdbc:postgresql://archive", "archive-user", "archive-password")));

    private static final Admission ADMISSION = new Admission(CATALOG, () -> MACHINE, CAPACITY, DATABASES);

    private Submissions() {}

    /// @param json with apostrophes for quotation marks
    static @Nullable Object tree(String json) {
        return StrictJson.parse(json.replace('\'', '"').getBytes(UTF_8));
    }

    static PlannedJob plan(String json) {
        return ADMISSION.plan(tree(json));
    }

    static ProblemException refusal(String json) {
        var problem = catchThrowableOfType(ProblemException.class, () -> plan(json));
        if (problem == null) {
            throw new AssertionError("This was not refused: " + json);
        }
        return problem;
    }

    static List<String> pointers(ProblemException problem) {
        return problem.violations().stream().map(Violation::pointer).toList();
    }

    static List<String> messages(ProblemException problem) {
        return problem.violations().stream().map(Violation::message).toList();
    }
}
