package dyno.engine.etl;

import dyno.engine.etl.SummaryResults.Summary;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// T1: what remains of an original user. Text that a dataset's user lacks is empty; characters are code points.
///
/// @param capacity most records of a batch
record SummaryTransform(int capacity) implements Transform<ObjectBatch<OriginalUser>> {

    private static final int BIO_CHARACTERS = 50;
    private static final byte[] NOTHING = {};
    private static final byte[] BIO = ascii("Bio: ");
    private static final byte[] INTERESTS = ascii("... | Interests: ");
    private static final byte[] SKILLS = ascii(" | Skills: ");
    private static final byte[] EDUCATION = ascii(" | Education: ");
    private static final byte[] EXPERIENCE = ascii(" | Experience: ");

    @Override
    public Transformer<ObjectBatch<OriginalUser>> open() {
        return new Summaries(new SummaryResults(capacity));
    }

    private record Summaries(SummaryResults rows) implements Transformer<ObjectBatch<OriginalUser>> {

        @Override
        public Results start(ObjectBatch<OriginalUser> batch) {
            rows.start(batch.size());
            return rows;
        }

        @Override
        public void slice(ObjectBatch<OriginalUser> batch, int from, int to) {
            var text = new LineBuffer(256);
            for (int row = from; row < to; row++) {
                rows.set(row, summary(batch.get(row), text));
            }
        }
    }

    private static Summary summary(OriginalUser user, LineBuffer text) {
        text.clear();
        var fullName = text.raw(text(user.firstName()))
                .raw(' ')
                .raw(text(user.lastName()))
                .toByteArray();
        var social = user.socialMedia();
        return new Summary(
                user.id(),
                fullName,
                text(user.email()),
                location(user, text),
                profile(user, text),
                user.activityLog().length,
                user.transactions().length,
                user.messages().length,
                social == null ? 0 : social.connections().length,
                dataSize(user.largeData()));
    }

    private static byte[] location(OriginalUser user, LineBuffer text) {
        text.clear();
        var address = user.address();
        text.raw(address == null ? NOTHING : text(address.city())).raw(',').raw(' ');
        text.raw(address == null ? NOTHING : text(address.state())).raw(',').raw(' ');
        return text.raw(address == null ? NOTHING : text(address.country())).toByteArray();
    }

    private static byte[] profile(OriginalUser user, LineBuffer text) {
        text.clear();
        var profile = user.profile();
        var bio = profile == null ? NOTHING : text(profile.bio());
        text.raw(BIO).raw(bio, 0, bytesOf(bio, BIO_CHARACTERS));
        text.raw(INTERESTS).number(profile == null ? 0L : profile.interests().length);
        text.raw(SKILLS).number(profile == null ? 0L : profile.skills().length);
        text.raw(EDUCATION).number(profile == null ? 0L : profile.education().length);
        return text.raw(EXPERIENCE)
                .number(profile == null ? 0L : profile.experience().length)
                .toByteArray();
    }

    /// Bytes of the first `characters` characters.
    private static int bytesOf(byte[] utf8, int characters) {
        int left = characters;
        for (int i = 0; i < utf8.length; i++) {
            // Bytes 10xxxxxx go on with the character before them.
            if ((utf8[i] & 0xC0) != 0x80 && left-- == 0) {
                return i;
            }
        }
        return utf8.length;
    }

    private static long dataSize(OriginalUser.@Nullable LargeData data) {
        return data == null
                ? 0
                : (long) text(data.blob1()).length
                        + text(data.blob2()).length
                        + text(data.blob3()).length
                        + text(data.blob4()).length
                        + text(data.blob5()).length;
    }

    private static byte[] text(byte @Nullable [] text) {
        return text == null ? NOTHING : text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
