package dyno.fork;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A process and everything that descends from it, to be ended.
///
/// Descendants are found by parentage and by a mark in their environment: when a parent dies first, its children are
/// handed to another and parentage is lost, while the mark is inherited and stays.
///
/// Used by one thread at a time.
final class ProcessTree {

    private static final Logger LOG = System.getLogger(ProcessTree.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// What SIGKILL has not ended by then hangs in the kernel, where nobody can end it.
    private static final int MOST_ROUNDS = 2_000;

    private final ProcessHandle root;
    private final byte[] mark;
    private final Map<Long, ProcessHandle> known = new LinkedHashMap<>();

    /// @param mark `NAME=value`, as it stands in the environment of all of them
    ProcessTree(ProcessHandle root, String mark) {
        this.root = root;
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    /// Kills until nothing is left. Interruption does not shorten it; the flag is kept.
    void end() {
        boolean interrupted = Thread.interrupted();
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                var running = running();
                if (running.isEmpty()) {
                    return;
                }
                running.forEach(ProcessHandle::destroyForcibly);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            LOG.log(
                    Level.ERROR,
                    "processes outlive SIGKILL: {0}",
                    running().stream().map(ProcessHandle::pid).toList());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Children before their parents' death, so that they are known when parentage is lost.
    private List<ProcessHandle> running() {
        known.putIfAbsent(root.pid(), root);
        List.copyOf(known.values())
                .forEach(handle -> handle.descendants().forEach(child -> known.putIfAbsent(child.pid(), child)));
        marked().forEach(handle -> known.putIfAbsent(handle.pid(), handle));
        return known.values().stream().filter(ProcessTree::isRunning).toList();
    }

    private Stream<ProcessHandle> marked() {
        return ProcessHandle.allProcesses().filter(this::isMarked);
    }

    private boolean isMarked(ProcessHandle handle) {
        var environment = Path.of("/proc", Long.toString(handle.pid()), "environ");
        if (!Files.isReadable(environment)) {
            return false;
        }
        try {
            return contains(Files.readAllBytes(environment), mark);
        } catch (IOException e) {
            // Gone meanwhile, or another user's: not ours to end in either case.
            return false;
        }
    }

    private static boolean contains(byte[] environment, byte[] entry) {
        for (int at = 0; at + entry.length <= environment.length; at++) {
            if ((at == 0 || environment[at - 1] == 0)
                    && Arrays.equals(environment, at, at + entry.length, entry, 0, entry.length)) {
                return true;
            }
        }
        return false;
    }

    /// A zombie is dead, even where nobody ever collects it, as in a container whose first process does not.
    static boolean isRunning(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        var stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
        if (!Files.exists(stat)) {
            return handle.isAlive();
        }
        try {
            var text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            // pid (name) state …; the name may hold anything, parentheses too.
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // Gone between the two looks.
            return false;
        }
    }
}
