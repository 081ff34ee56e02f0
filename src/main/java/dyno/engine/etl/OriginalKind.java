package dyno.engine.etl;

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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Original users and their canonical lines. What a dataset's user lacks is written as null, lists as empty ones.
final class OriginalKind implements RecordKind<OriginalUser> {

    static final OriginalKind INSTANCE = new OriginalKind();

    private static final byte[] NULL = ascii("null");
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] USERNAME = ascii(",\"username\":");
    private static final byte[] EMAIL = ascii(",\"email\":");
    private static final byte[] FIRST_NAME = ascii(",\"firstName\":");
    private static final byte[] LAST_NAME = ascii(",\"lastName\":");
    private static final byte[] AGE = ascii(",\"age\":");
    private static final byte[] ADDRESS = ascii(",\"address\":");
    private static final byte[] STREET = ascii("{\"street\":");
    private static final byte[] CITY = ascii(",\"city\":");
    private static final byte[] STATE = ascii(",\"state\":");
    private static final byte[] ZIP_CODE = ascii(",\"zipCode\":");
    private static final byte[] COUNTRY = ascii(",\"country\":");
    private static final byte[] COORDINATES = ascii(",\"coordinates\":");
    private static final byte[] LAT = ascii("{\"lat\":");
    private static final byte[] LNG = ascii(",\"lng\":");
    private static final byte[] PROFILE = ascii(",\"profile\":");
    private static final byte[] BIO = ascii("{\"bio\":");
    private static final byte[] INTERESTS = ascii(",\"interests\":");
    private static final byte[] SKILLS = ascii(",\"skills\":");
    private static final byte[] EDUCATION = ascii(",\"education\":");
    private static final byte[] INSTITUTION = ascii("{\"institution\":");
    private static final byte[] DEGREE = ascii(",\"degree\":");
    private static final byte[] YEAR = ascii(",\"year\":");
    private static final byte[] DESCRIPTION = ascii(",\"description\":");
    private static final byte[] EXPERIENCE = ascii(",\"experience\":");
    private static final byte[] COMPANY = ascii("{\"company\":");
    private static final byte[] POSITION = ascii(",\"position\":");
    private static final byte[] DURATION = ascii(",\"duration\":");
    private static final byte[] PREFERENCES = ascii(",\"preferences\":");
    private static final byte[] LANGUAGE = ascii("{\"language\":");
    private static final byte[] TIMEZONE = ascii(",\"timezone\":");
    private static final byte[] NOTIFICATIONS = ascii(",\"notifications\":");
    private static final byte[] SETTINGS = ascii(",\"settings\":");
    private static final byte[] KEY = ascii("{\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] METADATA = ascii(",\"metadata\":");
    private static final byte[] ACTIVITY_LOG = ascii(",\"activityLog\":");
    private static final byte[] TRANSACTIONS = ascii(",\"transactions\":");
    private static final byte[] MESSAGES = ascii(",\"messages\":");
    private static final byte[] FROM = ascii(",\"from\":");
    private static final byte[] TO = ascii(",\"to\":");
    private static final byte[] SUBJECT = ascii(",\"subject\":");
    private static final byte[] BODY = ascii(",\"body\":");
    private static final byte[] READ = ascii(",\"read\":");
    private static final byte[] ATTACHMENTS = ascii(",\"attachments\":");
    private static final byte[] NAME = ascii("{\"name\":");
    private static final byte[] SIZE = ascii(",\"size\":");
    private static final byte[] TYPE = ascii(",\"type\":");
    private static final byte[] SOCIAL_MEDIA = ascii(",\"socialMedia\":");
    private static final byte[] CONNECTIONS = ascii("{\"connections\":");
    private static final byte[] POSTS = ascii(",\"posts\":");
    private static final byte[] GROUPS = ascii(",\"groups\":");
    private static final byte[] GROUP_NAME = ascii(",\"name\":");
    private static final byte[] LARGE_DATA = ascii(",\"largeData\":");
    private static final byte[] BLOB_1 = ascii("{\"blob1\":");
    private static final byte[] BLOB_2 = ascii(",\"blob2\":");
    private static final byte[] BLOB_3 = ascii(",\"blob3\":");
    private static final byte[] BLOB_4 = ascii(",\"blob4\":");
    private static final byte[] BLOB_5 = ascii(",\"blob5\":");

    private OriginalKind() {}

    @Override
    public long id(OriginalUser user) {
        return user.id();
    }

    @Override
    public int inputBytes(OriginalUser user) {
        return user.canonicalBytes();
    }

    @Override
    public void appendInput(OriginalUser user, LineBuffer to) {
        to.raw(ID).number(user.id());
        to.raw(USERNAME).text(user.username());
        to.raw(EMAIL).text(user.email());
        to.raw(FIRST_NAME).text(user.firstName());
        to.raw(LAST_NAME).text(user.lastName());
        to.raw(AGE).number(user.age());
        object(to.raw(ADDRESS), user.address(), OriginalKind::address);
        object(to.raw(PROFILE), user.profile(), OriginalKind::profile);
        object(to.raw(PREFERENCES), user.preferences(), OriginalKind::preferences);
        array(to.raw(ACTIVITY_LOG), user.activityLog(), OriginalKind::entry);
        array(to.raw(TRANSACTIONS), user.transactions(), OriginalKind::entry);
        array(to.raw(MESSAGES), user.messages(), OriginalKind::message);
        object(to.raw(SOCIAL_MEDIA), user.socialMedia(), OriginalKind::socialMedia);
        object(to.raw(LARGE_DATA), user.largeData(), OriginalKind::largeData);
        to.raw('}');
    }

    private static void address(OriginalUser.Address address, LineBuffer to) {
        to.raw(STREET).text(address.street());
        to.raw(CITY).text(address.city());
        to.raw(STATE).text(address.state());
        to.raw(ZIP_CODE).text(address.zipCode());
        to.raw(COUNTRY).text(address.country());
        object(to.raw(COORDINATES), address.coordinates(), OriginalKind::coordinates);
        to.raw('}');
    }

    private static void coordinates(Coordinates coordinates, LineBuffer to) {
        to.raw(LAT).micros(coordinates.lat()).raw(LNG).micros(coordinates.lng()).raw('}');
    }

    private static void profile(Profile profile, LineBuffer to) {
        to.raw(BIO).text(profile.bio());
        texts(to.raw(INTERESTS), profile.interests());
        texts(to.raw(SKILLS), profile.skills());
        array(to.raw(EDUCATION), profile.education(), OriginalKind::education);
        array(to.raw(EXPERIENCE), profile.experience(), OriginalKind::experience);
        to.raw('}');
    }

    private static void education(Education education, LineBuffer to) {
        to.raw(INSTITUTION).text(education.institution());
        to.raw(DEGREE).text(education.degree());
        to.raw(YEAR).number(education.year());
        to.raw(DESCRIPTION).text(education.description()).raw('}');
    }

    private static void experience(Experience experience, LineBuffer to) {
        to.raw(COMPANY).text(experience.company());
        to.raw(POSITION).text(experience.position());
        to.raw(DURATION).text(experience.duration());
        to.raw(DESCRIPTION).text(experience.description()).raw('}');
    }

    private static void preferences(Preferences preferences, LineBuffer to) {
        to.raw(LANGUAGE).text(preferences.language());
        to.raw(TIMEZONE).text(preferences.timezone());
        texts(to.raw(NOTIFICATIONS), preferences.notifications());
        array(to.raw(SETTINGS), preferences.settings(), OriginalKind::entry);
        to.raw('}');
    }

    private static void entry(Entry entry, LineBuffer to) {
        to.raw(KEY).text(entry.key());
        to.raw(VALUE).text(entry.value());
        to.raw(METADATA).text(entry.metadata()).raw('}');
    }

    private static void message(Message message, LineBuffer to) {
        to.raw(ID).text(message.id());
        to.raw(FROM).text(message.from());
        to.raw(TO).text(message.to());
        to.raw(SUBJECT).text(message.subject());
        to.raw(BODY).text(message.body());
        to.raw(READ).flag(message.read());
        array(to.raw(ATTACHMENTS), message.attachments(), OriginalKind::attachment);
        to.raw('}');
    }

    private static void attachment(Attachment attachment, LineBuffer to) {
        to.raw(NAME).text(attachment.name());
        to.raw(SIZE).number(attachment.size());
        to.raw(TYPE).text(attachment.type()).raw('}');
    }

    private static void socialMedia(SocialMedia social, LineBuffer to) {
        texts(to.raw(CONNECTIONS), social.connections());
        array(to.raw(POSTS), social.posts(), OriginalKind::entry);
        array(to.raw(GROUPS), social.groups(), OriginalKind::group);
        to.raw('}');
    }

    private static void group(Group group, LineBuffer to) {
        to.raw(ID).text(group.id()).raw(GROUP_NAME).text(group.name()).raw('}');
    }

    private static void largeData(LargeData data, LineBuffer to) {
        to.raw(BLOB_1).text(data.blob1());
        to.raw(BLOB_2).text(data.blob2());
        to.raw(BLOB_3).text(data.blob3());
        to.raw(BLOB_4).text(data.blob4());
        to.raw(BLOB_5).text(data.blob5()).raw('}');
    }

    /// Null where the record lacks the part.
    private static <T> void object(LineBuffer to, @Nullable T part, BiConsumer<T, LineBuffer> fields) {
        if (part == null) {
            to.raw(NULL);
        } else {
            fields.accept(part, to);
        }
    }

    private static <T> void array(LineBuffer to, T[] parts, BiConsumer<T, LineBuffer> fields) {
        to.raw('[');
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                to.raw(',');
            }
            fields.accept(parts[i], to);
        }
        to.raw(']');
    }

    private static void texts(LineBuffer to, byte[][] texts) {
        to.raw('[');
        for (int i = 0; i < texts.length; i++) {
            if (i > 0) {
                to.raw(',');
            }
            to.text(texts[i]);
        }
        to.raw(']');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
