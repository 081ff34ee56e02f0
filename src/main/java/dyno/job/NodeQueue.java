package dyno.job;

import java.time.Instant;
import java.time.InstantSource;

/// What a node uses of the queue.
record NodeQueue(JobStore jobs, ClaimStore claims, JobNews news, InstantSource clock) {

    Instant now() {
        return clock.instant();
    }
}
