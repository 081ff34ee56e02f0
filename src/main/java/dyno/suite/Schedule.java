package dyno.suite;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is submitted when: a suite or a job, by a cron line. As the API takes it.
///
/// @param name    unique
/// @param cron    as it was given
/// @param zone    whose wall clock it means
/// @param suite   null where it submits a job
/// @param job     as `POST /jobs` takes it; null where it submits a suite
/// @param enabled whether it fires
/// @param misfire what becomes of a fire that nobody was there for
/// @param overlap what becomes of a fire while the jobs of the one before are not finished
record Schedule(
        String name,
        String cron,
        ZoneId zone,
        @Nullable String suite,
        @Nullable Map<String, @Nullable Object> job,
        boolean enabled,
        Misfire misfire,
        Overlap overlap) {

    enum Misfire {
        /// It is recorded as missed.
        SKIP,
        /// The latest of those that were missed fires as soon as somebody is there.
        RUN_ONCE;

        static final List<Misfire> ALL = List.of(values());
    }

    enum Overlap {
        /// It is recorded as skipped.
        SKIP,
        /// It fires; its jobs wait in the queue.
        QUEUE;

        static final List<Overlap> ALL = List.of(values());
    }

    /// When it fires.
    Cron times() {
        return Cron.of(cron, zone);
    }
}
