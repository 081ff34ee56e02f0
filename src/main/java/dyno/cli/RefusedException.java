package dyno.cli;

import java.util.stream.Collectors;

/// Thrown where the service answered with a problem. The message is the problem, written for people.
final class RefusedException extends CommandException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(text(problem));
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /// A request that cannot work is the caller's to mend; too many requests and faults over there are not.
    @Override
    int exitCode() {
        return problem.status() < 500 && problem.status() != 429 ? ExitCode.USAGE : ExitCode.JOB_FAILED;
    }

    private static String text(Problem problem) {
        var text = new StringBuilder(problem.title());
        if (!problem.detail().isEmpty()) {
            text.append(": ").append(problem.detail());
        }
        text.append(problem.violations().stream()
                .map(violation -> "\n  " + violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining()));
        text.append("\n  (").append(problem.status());
        if (!problem.code().isEmpty()) {
            text.append(' ').append(problem.code());
        }
        if (!problem.requestId().isEmpty()) {
            text.append(", request ").append(problem.requestId());
        }
        return text.append(')').toString();
    }
}
