package dyno.engine.etl;

import dyno.engine.etl.OriginalUser.Address;
import dyno.engine.etl.OriginalUser.Attachment;
import dyno.engine.etl.OriginalUser.Coordinates;
import dyno.engine.etl.OriginalUser.Entry;
import dyno.engine.etl.OriginalUser.Group;
import dyno.engine.etl.OriginalUser.LargeData;
import dyno.engine.etl.OriginalUser.Message;
import dyno.engine.etl.OriginalUser.Preferences;
import dyno.engine.etl.OriginalUser.Profile;
import dyno.engine.etl.OriginalUser.SocialMedia;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Batches with results, as workers hand them to sinks; what is in them follows from the ids alone.
final class SinkLoads {

    private SinkLoads() {}

    /// One row of [ActivityResults].
    record Activity(long userId, String name, int activities, float score, long fingerprint) {

        static Activity of(long id) {
            return new Activity(id, "User #" + id + " é\"", (int) (id % 143), id / 7f + 0.03f, id * 0x517CC1B727220A95L);
        }
    }

    static Load activities(long number, List<Activity> rows) {
        var batch = batch(number, rows.stream().map(Activity::userId).toList());
        return Load.whole(0, batch, new ListedActivities(rows), 1);
    }

    static Load activities(long number, long firstId, int count) {
        var rows = new ArrayList<Activity>();
        for (long id = firstId; id < firstId + count; id++) {
            rows.add(Activity.of(id));
        }
        return activities(number, rows);
    }

    static Load users(long number, List<OriginalUser> users) {
        var batch = new ObjectBatch<>(OriginalKind.INSTANCE, users.size());
        users.forEach(batch::add);
        batch.number(number);
        return Load.whole(0, batch, new UserResults(batch), 1);
    }

    /// A user with two of everything; texts begin with `mark`.
    static OriginalUser user(long id, String mark) {
        var texts = new byte[][] {text(mark + "\"1"), text(mark + "é2")};
        var entries = new Entry[] {
            new Entry(text(mark + "k0"), text("v0"), null), new Entry(text(mark + "k1"), null, text("m1"))
        };
        var attachments = new Attachment[] {
            new Attachment(text("a.txt"), 7, text("text/plain")), new Attachment(null, null, null)
        };
        var messages = new Message[] {
            new Message(text("m0"), text("f"), text("t"), text("s"), text("b"), true, attachments),
            new Message(text("m1"), null, null, null, null, null, new Attachment[0])
        };
        return new OriginalUser(
                id,
                text(mark + id),
                text("e"),
                text("first"),
                null,
                (int) id,
                new Address(text("street"), null, null, null, text("USA"), new Coordinates(-12_345_678, 123_456_789)),
                new Profile(
                        text("bio"),
                        texts,
                        new byte[0][],
                        new OriginalUser.Education[] {
                            new OriginalUser.Education(text("school"), text("degree"), 2020, text("d"))
                        },
                        new OriginalUser.Experience[] {
                            new OriginalUser.Experience(text("company"), text("position"), text("1 years"), text("d"))
                        }),
                new Preferences(text("en"), text("UTC"), texts, entries),
                entries,
                entries,
                messages,
                new SocialMedia(texts, entries, new Group[] {new Group(text("g"), text("Group"))}),
                new LargeData(text("x"), text("y"), text("z"), text("a"), null),
                1);
    }

    /// A user of which a dataset knows the id alone.
    static OriginalUser bare(long id) {
        return new OriginalUser(
                id, null, null, null, null, null, null, null, null, new Entry[0], new Entry[0], new Message[0], null,
                null, 1);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectBatch<OptimisedUser> batch(long number, List<Long> ids) {
        var batch = new ObjectBatch<>(OptimisedKind.INSTANCE, ids.size());
        var none = new byte[1];
        ids.forEach(id -> batch.add(new OptimisedUser(
                id, 0, 0, none, none, (byte) 20, (byte) 1, (short) 10, (short) 10, (short) 10, (short) 100)));
        batch.number(number);
        return batch;
    }

    /// What the loads of rows add up to.
    static EtlSink.Expected expected(List<Activity> rows) {
        var results = new ListedActivities(rows);
        var line = new LineBuffer(64);
        var lines = LineTotals.NONE;
        long ids = 0;
        long activities = 0;
        long fingerprints = 0;
        for (int row = 0; row < rows.size(); row++) {
            line.clear();
            results.appendLine(row, line);
            lines = lines.plus(LineTotals.hash(line.array(), 0, line.length()));
            ids += rows.get(row).userId();
            activities += rows.get(row).activities();
            fingerprints ^= rows.get(row).fingerprint();
        }
        return new EtlSink.Expected(rows.size(), lines, ids, activities, fingerprints);
    }

    static EtlSink.Expected expected(Load... loads) {
        var rows = new ArrayList<Activity>();
        for (var load : loads) {
            rows.addAll(((ListedActivities) load.results()).rows);
        }
        return expected(rows);
    }

    private static final class ListedActivities extends ActivityResults {

        private final List<Activity> rows;

        ListedActivities(List<Activity> rows) {
            this.rows = rows;
        }

        @Override
        boolean isBare() {
            return false;
        }

        @Override
        int size() {
            return rows.size();
        }

        @Override
        long id(int row) {
            return rows.get(row).userId();
        }

        @Override
        int totalActivities(int row) {
            return rows.get(row).activities();
        }

        @Override
        float engagementScore(int row) {
            return rows.get(row).score();
        }

        @Override
        long dataFingerprint(int row) {
            return rows.get(row).fingerprint();
        }

        @Override
        byte[] nameBytes(int row) {
            return text("#" + rows.get(row).name());
        }

        @Override
        int nameOffset(int row) {
            return 1;
        }

        @Override
        int nameLength(int row) {
            return nameBytes(row).length - 1;
        }
    }
}
