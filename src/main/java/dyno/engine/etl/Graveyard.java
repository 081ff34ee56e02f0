package dyno.engine.etl;

import dyno.engine.FailureCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/// Counts a run's dead letters once they are written, and ends it where there are too many. Safe for any number of
/// threads.
final class Graveyard {

    private static final int SHOWN = 20;

    private final DeadLetters letters;
    private final PipelineSettings settings;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong unread = new AtomicLong();
    private final ConcurrentSkipListSet<Long> ids = new ConcurrentSkipListSet<>();

    Graveyard(DeadLetters letters, PipelineSettings settings) {
        this.letters = letters;
        this.settings = settings;
    }

    /// A record that was read and could not be loaded.
    void bury(DeadLetter letter) throws IOException {
        letters.write(letter);
        var id = letter.id();
        if (id != null) {
            ids.add(id);
            if (ids.size() > SHOWN) {
                ids.pollLast();
            }
        }
        long limit = settings.loading().deadLetterLimit();
        if (count.incrementAndGet() > limit) {
            throw new PipelineException(
                    FailureCode.ENGINE_ERROR,
                    "Pipeline %d has more than %d dead letters; the last error: %s"
                            .formatted(settings.index(), limit, letter.error()),
                    Map.of("deadLetterLimit", limit),
                    null);
        }
    }

    /// What was no record to begin with, and counts as extracted here.
    void reject(DeadLetter letter) throws IOException {
        unread.incrementAndGet();
        bury(letter);
    }

    long count() {
        return count.get();
    }

    /// Of [#count], those that never came to be in a batch.
    long unread() {
        return unread.get();
    }

    /// The smallest ids, ascending, at most 20.
    List<Long> ids() {
        return List.copyOf(ids);
    }
}
