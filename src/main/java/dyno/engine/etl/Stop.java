package dyno.engine.etl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether and why a pipeline has to end, and the threads that have to hear of it. Safe for any number of threads.
final class Stop {

    private static final int MOST_SUPPRESSED = 100;

    private final Set<Thread> members = new HashSet<>();
    private final List<Runnable> hooks = new ArrayList<>();
    private final List<Throwable> further = new ArrayList<>();
    private volatile boolean stopping;
    private boolean cancelled;
    private @Nullable Throwable error;

    boolean isStopping() {
        return stopping;
    }

    /// The calling thread works for the pipeline from now on; it is interrupted when the pipeline has to end.
    synchronized void join() {
        members.add(Thread.currentThread());
        if (stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// The calling thread is done; no interruption that was meant for this pipeline will reach what it does next.
    synchronized void leave() {
        members.remove(Thread.currentThread());
        boolean _ = Thread.interrupted();
    }

    /// What to do, beside interrupting, when the pipeline has to end; must not block.
    synchronized void onStop(Runnable hook) {
        hooks.add(hook);
        if (stopping) {
            hook.run();
        }
    }

    /// Ends the pipeline with an error; of several, the first one counts. What threads throw because they were
    /// told to end is none.
    @SuppressWarnings("ReferenceEquality")
    synchronized void fail(Throwable failure) {
        if (!stopping) {
            error = failure;
            end();
        } else if (failure != error && further.size() < MOST_SUPPRESSED) {
            further.add(failure);
        }
    }

    /// Ends the pipeline because nobody wants its result.
    synchronized void cancel() {
        if (!stopping) {
            cancelled = true;
            end();
        }
    }

    private void end() {
        // Before the interrupts: whoever swallows one looks here afterwards.
        stopping = true;
        members.forEach(Thread::interrupt);
        hooks.forEach(Runnable::run);
    }

    /// Interrupts once more whoever has not ended, and calls the hooks again.
    synchronized void insist() {
        members.forEach(Thread::interrupt);
        hooks.forEach(Runnable::run);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized @Nullable Throwable error() {
        return error;
    }

    synchronized List<Throwable> further() {
        return List.copyOf(further);
    }

    /// The stacks of all members, for a failure's details.
    synchronized List<String> stacks() {
        return members.stream()
                .map(thread -> thread.getName() + " " + thread.getState() + " " + frames(thread))
                .sorted()
                .toList();
    }

    private static String frames(Thread thread) {
        var frames = thread.getStackTrace();
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(frames.length, 12); i++) {
            text.append(i == 0 ? "" : " < ")
                    .append(frames[i].getClassName().replaceAll(".*\\.", ""))
                    .append('.')
                    .append(frames[i].getMethodName())
                    .append(':')
                    .append(frames[i].getLineNumber());
        }
        return text.toString();
    }
}
