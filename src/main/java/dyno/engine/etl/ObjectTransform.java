package dyno.engine.etl;

import dyno.engine.etl.ActivityObjects.Activity;
import java.nio.charset.StandardCharsets;

/// T0, T2 and T3 of optimised users as objects.
///
/// @param capacity most records of a batch
record ObjectTransform(TransformKind kind, int hashRounds, int capacity)
        implements Transform<ObjectBatch<OptimisedUser>> {

    private static final byte[] PREFIX = "User #".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NO_NAME = {};

    @Override
    public Transformer<ObjectBatch<OptimisedUser>> open() {
        return new Objects(this);
    }

    private static final class Objects implements Transformer<ObjectBatch<OptimisedUser>> {

        private final TransformKind kind;
        private final ActivityObjects rows;
        private final int hashRounds;

        private Objects(ObjectTransform settings) {
            this.kind = settings.kind();
            this.rows = new ActivityObjects(settings.capacity(), kind == TransformKind.T0);
            this.hashRounds = settings.hashRounds();
        }

        @Override
        public Results start(ObjectBatch<OptimisedUser> batch) {
            rows.start(batch.size());
            return rows;
        }

        @Override
        public void slice(ObjectBatch<OptimisedUser> batch, int from, int to) {
            // Of this slice alone: others may be transformed at the same time.
            var hash = kind == TransformKind.T3 ? new HashRounds(hashRounds) : null;
            for (int row = from; row < to; row++) {
                var user = batch.get(row);
                if (kind == TransformKind.T0) {
                    rows.set(row, new Activity(user.id(), NO_NAME, 0, 0, user.dataHash()));
                } else {
                    long fingerprint = hash == null ? user.dataHash() : hash.of(batch, row);
                    rows.set(row, summary(user, fingerprint));
                }
            }
        }

        private static Activity summary(OptimisedUser user, long fingerprint) {
            int total = user.activityCount() + user.transactionCount() + user.messageCount();
            float score = (float) total / (float) (user.socialConnectionsCount() + 1);
            var username = user.username();
            var name = new byte[PREFIX.length + username.length - 1];
            System.arraycopy(PREFIX, 0, name, 0, PREFIX.length);
            System.arraycopy(username, 1, name, PREFIX.length, username.length - 1);
            return new Activity(user.id(), name, total, score, fingerprint);
        }
    }
}
