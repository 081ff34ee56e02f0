package dyno.engine.etl;

import dyno.engine.etl.OriginalUser.Address;
import dyno.engine.etl.OriginalUser.Attachment;
import dyno.engine.etl.OriginalUser.Coordinates;
import dyno.engine.etl.OriginalUser.Education;
import dyno.engine.etl.OriginalUser.Entry;
import dyno.engine.etl.OriginalUser.Experience;
import dyno.engine.etl.OriginalUser.Group;
import dyno.engine.etl.OriginalUser.LargeData;
import dyno.engine.etl.OriginalUser.Message;
import dyno.engine.etl.OriginalUser.Preferences;
import dyno.engine.etl.OriginalUser.Profile;
import dyno.engine.etl.OriginalUser.SocialMedia;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes original users. Text that is the same in every record is copied from a template: every record has bytes of
/// its own, as one that comes from outside would.
///
/// Used by one thread.
final class OriginalMaker implements RecordMaker<OriginalUser> {

    private static final int BLOB_BYTES = 10_000;
    private static final int FIRST_AMOUNT = 8;
    private static final int FIRST_MESSAGE = 23;
    private static final int DRAWS_A_MESSAGE = 5;
    private static final int ATTACHMENTS = 3;

    private static final byte[][] INTERESTS = texts(5, "Interest%d"::formatted);
    private static final byte[][] SKILLS = texts(7, "Skill%d"::formatted);
    private static final byte[][] NOTIFICATIONS = {ascii("email"), ascii("sms")};
    private static final byte[][] INSTITUTIONS = texts(2, "University %d"::formatted);
    private static final byte[][] DEGREES = texts(2, "Degree %d"::formatted);
    private static final byte[][] EDUCATIONS =
            texts(2, i -> "Education description %d".formatted(i).repeat(5));
    private static final byte[][] COMPANIES = texts(3, "Company %d"::formatted);
    private static final byte[][] POSITIONS = texts(3, "Position %d"::formatted);
    private static final byte[][] DURATIONS = texts(3, i -> "%d years".formatted(i + 1));
    private static final byte[][] EXPERIENCES =
            texts(3, i -> "Experience description %d".formatted(i).repeat(5));
    private static final Entry[] SETTINGS = entries(10, "setting_%d", i -> "value_" + i, "metadata_%d");
    private static final Entry[] ACTIVITIES = entries(20, "activity_%d", i -> "action_" + i, "meta_%d");
    private static final Entry[] TRANSACTIONS = entries(15, "transaction_%d", i -> "", "tx_meta_%d");
    private static final Entry[] POSTS =
            entries(25, "post_%d", i -> "Post content %d".formatted(i).repeat(20), "post_meta_%d");
    private static final byte[][] SUBJECTS = texts(10, "Subject %d"::formatted);
    private static final byte[][] BODIES =
            texts(10, i -> "Message body %d".formatted(i).repeat(10));
    private static final byte[][] CONNECTIONS = texts(50, "connection_%d"::formatted);
    private static final byte[][] GROUP_IDS = texts(5, "group_%d"::formatted);
    private static final byte[][] GROUP_NAMES = texts(5, "Group Name %d"::formatted);
    private static final byte[][] FILES = texts(30, i -> "file_%d_%d.txt".formatted(i / ATTACHMENTS, i % ATTACHMENTS));
    private static final byte[] TEXT_PLAIN = ascii("text/plain");
    private static final byte[] COUNTRY = ascii("USA");
    private static final byte[] LANGUAGE = ascii("en");
    private static final byte[] TIMEZONE = ascii("UTC");
    private static final byte[][] BLOBS =
            texts(5, i -> "xyzab".substring(i, i + 1).repeat(BLOB_BYTES));

    /// Canonical bytes of a record less those of the parts that differ between records. Found once, from a record.
    private static final int COMMON_BYTES = commonBytes();

    private final DrawStream draws;

    /// Bytes of the current record's parts that differ between records.
    private int ownBytes;

    OriginalMaker(DrawStream draws) {
        this.draws = draws;
    }

    @Override
    public OriginalUser make(long id) {
        return make(id, COMMON_BYTES);
    }

    private OriginalUser make(long id, int commonBytes) {
        long start = draws.start(id);
        ownBytes = 0;
        var username = join("user_", id, "");
        var email = join("user", id, "@example.com");
        var firstName = join("FirstName", id, "");
        var lastName = join("LastName", id, "");
        int age = DrawStream.integer(start, 1, 18, 80);
        var address = address(start);
        var profile = profile(id);
        var preferences = new Preferences(LANGUAGE.clone(), TIMEZONE.clone(), copies(NOTIFICATIONS), copies(SETTINGS));
        var activityLog = copies(ACTIVITIES);
        var transactions = transactions(start);
        var messages = messages(start, id);
        var social = new SocialMedia(copies(CONNECTIONS), copies(POSTS), groups());
        var largeData =
                new LargeData(BLOBS[0].clone(), BLOBS[1].clone(), BLOBS[2].clone(), BLOBS[3].clone(), BLOBS[4].clone());
        ownBytes += Decimal.digits(id);
        return new OriginalUser(
                id,
                username,
                email,
                firstName,
                lastName,
                age,
                address,
                profile,
                preferences,
                activityLog,
                transactions,
                messages,
                social,
                largeData,
                commonBytes + ownBytes,
                null);
    }

    private Address address(long start) {
        var street = join("", DrawStream.integer(start, 2, 100, 9_999), " Main St");
        var city = join("City", DrawStream.integer(start, 3, 1, 100), "");
        var state = join("State", DrawStream.integer(start, 4, 1, 50), "");
        var zipCode = join("", DrawStream.integer(start, 5, 10_000, 99_999), "");
        int lat = DrawStream.integer(start, 6, -90_000_000, 90_000_000);
        int lng = DrawStream.integer(start, 7, -180_000_000, 180_000_000);
        ownBytes += degreeBytes(lat) + degreeBytes(lng);
        return new Address(street, city, state, zipCode, COUNTRY.clone(), new Coordinates(lat, lng));
    }

    /// Sign and whole degrees; point and decimals are the same for all.
    private static int degreeBytes(int micros) {
        return (micros < 0 ? 1 : 0) + Decimal.digits(Math.abs(micros) / 1_000_000);
    }

    private Profile profile(long id) {
        var once = join("Bio for user ", id, "");
        var bio = new byte[10 * once.length];
        for (int i = 0; i < 10; i++) {
            System.arraycopy(once, 0, bio, i * once.length, once.length);
        }
        ownBytes += bio.length - once.length;
        var education = new Education[INSTITUTIONS.length];
        for (int i = 0; i < education.length; i++) {
            education[i] = new Education(INSTITUTIONS[i].clone(), DEGREES[i].clone(), 2020 - i, EDUCATIONS[i].clone());
        }
        var experience = new Experience[COMPANIES.length];
        for (int i = 0; i < experience.length; i++) {
            experience[i] = new Experience(
                    COMPANIES[i].clone(), POSITIONS[i].clone(), DURATIONS[i].clone(), EXPERIENCES[i].clone());
        }
        return new Profile(bio, copies(INTERESTS), copies(SKILLS), education, experience);
    }

    private Entry[] transactions(long start) {
        var entries = new Entry[TRANSACTIONS.length];
        for (int i = 0; i < entries.length; i++) {
            var template = TRANSACTIONS[i];
            var amount = join("amount_", DrawStream.integer(start, FIRST_AMOUNT + i, 10, 1_000), "");
            entries[i] = new Entry(copy(template.key()), amount, copy(template.metadata()));
        }
        return entries;
    }

    private Message[] messages(long start, long id) {
        var to = join("user_", id, "");
        var messages = new Message[SUBJECTS.length];
        for (int i = 0; i < messages.length; i++) {
            int k = FIRST_MESSAGE + DRAWS_A_MESSAGE * i;
            var from = join("user_", DrawStream.integer(start, k, 1, 1_000), "");
            boolean read = DrawStream.coin(start, k + 1);
            var attachments = new Attachment[ATTACHMENTS];
            for (int j = 0; j < ATTACHMENTS; j++) {
                int size = DrawStream.integer(start, k + 2 + j, 1_000, 100_000);
                ownBytes += Decimal.digits(size);
                attachments[j] = new Attachment(FILES[ATTACHMENTS * i + j].clone(), size, TEXT_PLAIN.clone());
            }
            ownBytes += (read ? 4 : 5) + (i == 0 ? 0 : to.length);
            var messageId = join("msg_", id, "_" + i);
            messages[i] = new Message(
                    messageId,
                    from,
                    i == 0 ? to : to.clone(),
                    SUBJECTS[i].clone(),
                    BODIES[i].clone(),
                    read,
                    attachments);
        }
        return messages;
    }

    private static Group[] groups() {
        var groups = new Group[GROUP_IDS.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new Group(GROUP_IDS[i].clone(), GROUP_NAMES[i].clone());
        }
        return groups;
    }

    /// `{prefix}{number}{suffix}`, and its length counted.
    @SuppressWarnings("deprecation") // The one way to get at ASCII without a copy in between.
    private byte[] join(String prefix, long number, String suffix) {
        int digits = Decimal.digits(number);
        int length = prefix.length() + digits + suffix.length();
        var text = new byte[length];
        prefix.getBytes(0, prefix.length(), text, 0);
        Decimal.write(text, prefix.length(), number);
        suffix.getBytes(0, suffix.length(), text, length - suffix.length());
        ownBytes += length;
        return text;
    }

    private static byte[][] copies(byte[][] templates) {
        var copies = new byte[templates.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = templates[i].clone();
        }
        return copies;
    }

    private static Entry[] copies(Entry[] templates) {
        var copies = new Entry[templates.length];
        for (int i = 0; i < copies.length; i++) {
            var template = templates[i];
            copies[i] = new Entry(copy(template.key()), copy(template.value()), copy(template.metadata()));
        }
        return copies;
    }

    private static byte[] copy(byte @Nullable [] template) {
        if (template == null) {
            throw new IllegalStateException("Templates are whole");
        }
        return template.clone();
    }

    private static int commonBytes() {
        var maker = new OriginalMaker(new DrawStream(0));
        var user = maker.make(1, 0);
        var line = new LineBuffer(1 << 17);
        OriginalKind.INSTANCE.appendInput(user, line);
        return line.length() - user.canonicalBytes();
    }

    private static byte[][] texts(int count, IntFunction<String> text) {
        var texts = new byte[count][];
        Arrays.setAll(texts, i -> ascii(text.apply(i)));
        return texts;
    }

    private static Entry[] entries(int count, String key, IntFunction<String> value, String metadata) {
        var entries = new Entry[count];
        Arrays.setAll(
                entries, i -> new Entry(ascii(key.formatted(i)), ascii(value.apply(i)), ascii(metadata.formatted(i))));
        return entries;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
