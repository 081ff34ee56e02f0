package dyno.fork;

import dyno.engine.FailureCode;
import dyno.fork.ForkOutcome.Failed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says why a fork ended without a result.
///
/// @param exitStatus  128 and more: killed by a signal
/// @param lastOutput  what it wrote last, outside the protocol
/// @param wasOomKill  whether the kernel killed a process for want of memory while the fork ran
record Obituary(int exitStatus, List<String> lastOutput, boolean wasOomKill) {

    /// Of `-XX:+ExitOnOutOfMemoryError`.
    private static final int EXIT_OUT_OF_MEMORY = 3;

    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;

    private static final Pattern HEAP_EXHAUSTED =
            Pattern.compile("Terminating due to java\\.lang\\.OutOfMemoryError: (.*)");

    /// What the JVM says when the machine does not give it the memory it asks for.
    private static final Pattern NO_NATIVE_MEMORY = Pattern.compile(
            "insufficient memory for the Java Runtime Environment|Could not reserve enough space for .*heap");

    private static final Pattern CRASH = Pattern.compile("#\\s+(SIG[A-Z]+) \\(0x[0-9a-f]+\\)");

    /// By number, from 1; Linux on x86-64 and AArch64.
    private static final List<String> SIGNALS = List.of(
            ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU"
                            + " URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                    .split(" "));

    Failed failed() {
        var heap = find(HEAP_EXHAUSTED);
        if (exitStatus == EXIT_OUT_OF_MEMORY && heap.isPresent()) {
            return failed(FailureCode.OUT_OF_MEMORY, "The fork ran out of memory: " + heap.get());
        }
        if (find(NO_NATIVE_MEMORY).isPresent()) {
            return failed(FailureCode.OUT_OF_MEMORY, "The machine did not give the forked JVM the memory it asked for");
        }
        if (exitStatus == SIGNALLED + SIGKILL && wasOomKill) {
            return failed(FailureCode.OUT_OF_MEMORY, "The kernel killed the fork for want of memory");
        }
        return failed(
                FailureCode.FORK_FAILED,
                signal().map("The fork was ended by %s"::formatted)
                        .orElseGet(() -> "The fork ended with exit status %d and no result".formatted(exitStatus)));
    }

    private Failed failed(FailureCode code, String message) {
        var details = new LinkedHashMap<String, Object>();
        details.put("exitStatus", exitStatus);
        signal().ifPresent(signal -> details.put("signal", signal));
        details.put("lastOutput", lastOutput);
        return new Failed(code, message, Map.copyOf(details));
    }

    /// Told by the exit status, or, where the JVM caught the signal to write its report, by that.
    private Optional<String> signal() {
        int number = exitStatus - SIGNALLED;
        if (number > 0) {
            return Optional.of(number <= SIGNALS.size() ? "SIG" + SIGNALS.get(number - 1) : "signal " + number);
        }
        return find(CRASH);
    }

    /// The first group, or all of the match where there is none.
    private Optional<String> find(Pattern pattern) {
        return lastOutput.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(match.groupCount()))
                .findFirst();
    }
}
