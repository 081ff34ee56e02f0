package dyno.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Takes away what is kept no longer, a batch after the other, while this node measures nothing: it would
/// be seen in the scores. Used by one thread at a time; other nodes may do the same meanwhile.
final class Housekeeping {

    /// A node that measures whenever it is looked at keeps house all the same: a full disk disturbs more.
    static final Duration LONGEST_DELAY = Duration.ofHours(24);

    private final List<BooleanSupplier> chores;
    private final BooleanSupplier isMeasuring;
    private final InstantSource clock;
    private @Nullable Instant delayedSince;

    /// @param chores      each does a batch and says whether there may be more; in this order
    /// @param isMeasuring whether this node measures at this moment
    Housekeeping(List<BooleanSupplier> chores, BooleanSupplier isMeasuring, InstantSource clock) {
        this.chores = List.copyOf(chores);
        this.isMeasuring = isMeasuring;
        this.clock = clock;
    }

    /// Does all that is due, or as much as there is time for until something is measured.
    ///
    /// @throws RuntimeException the first that a chore threw, after all the others were done
    void keep() {
        RuntimeException failure = null;
        for (var chore : chores) {
            try {
                if (!finish(chore)) {
                    return;
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        delayedSince = null;
        if (failure != null) {
            throw failure;
        }
    }

    /// @return false where something is measured before there is nothing left to do
    private boolean finish(BooleanSupplier chore) {
        boolean more = true;
        while (more) {
            if (isToWait()) {
                return false;
            }
            more = chore.getAsBoolean();
        }
        return true;
    }

    private boolean isToWait() {
        if (!isMeasuring.getAsBoolean()) {
            return false;
        }
        var now = clock.instant();
        var since = delayedSince;
        if (since == null || since.isAfter(now)) {
            // The clock was ahead, or nothing was delayed yet.
            since = now;
            delayedSince = now;
        }
        return now.isBefore(since.plus(LONGEST_DELAY));
    }
}
