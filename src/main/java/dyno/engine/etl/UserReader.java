package dyno.engine.etl;

import dyno.engine.etl.DeadLetter.Place;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads users from lines of a dataset.
///
/// Only the id is required; missing lists and null are empty, missing scalars and objects null, unknown fields
/// ignored
/// and counted. Used by one thread at a time.
final class UserReader {

    private static final Entry[] NO_ENTRIES = {};
    private static final Message[] NO_MESSAGES = {};
    private static final byte[][] NO_TEXTS = {};

    private final UserJson json = new UserJson();
    private final LineBuffer line = new LineBuffer(4096);
    private long unknownFields;

    /// Fields that no user has, so far.
    long unknownFields() {
        return unknownFields;
    }

    /// The id of a line that is a JSON object; null where it has none that is one.
    @Nullable
    Long id(byte[] bytes, int from, int length) {
        try (var opened = json.open(bytes, from, length)) {
            while (opened.nextField()) {
                if (opened.name().equals("id")) {
                    return opened.bigint();
                }
                opened.skip();
            }
            return null;
        } catch (BadUserException | JacksonException e) {
            // The job will say so, where it reads the line.
            return null;
        }
    }

    /// @throws BadUserException with the field where the line is no user
    OriginalUser read(byte[] bytes, int from, int length, Place place) throws BadUserException {
        try (var opened = json.open(bytes, from, length)) {
            var fields = new Fields(opened);
            line.clear();
            // Its length is known once there is a record to write.
            OriginalKind.INSTANCE.appendInput(fields.user(0, place), line);
            return fields.user(line.length(), place);
        } catch (JacksonException e) {
            throw new BadUserException(json.path(), "cannot be read: " + e.getOriginalMessage());
        }
    }

    /// What a line has said so far.
    private final class Fields {

        private final long id;
        private byte @Nullable [] username;
        private byte @Nullable [] email;
        private byte @Nullable [] firstName;
        private byte @Nullable [] lastName;
        private @Nullable Integer age;
        private @Nullable Address address;
        private @Nullable Profile profile;
        private @Nullable Preferences preferences;
        private Entry[] activityLog = NO_ENTRIES;
        private Entry[] transactions = NO_ENTRIES;
        private Message[] messages = NO_MESSAGES;
        private @Nullable SocialMedia socialMedia;
        private @Nullable LargeData largeData;

        private Fields(UserJson in) throws BadUserException {
            Long found = null;
            while (in.nextField()) {
                switch (in.name()) {
                    case "id" -> found = in.bigint();
                    case "username" -> username = in.text();
                    case "email" -> email = in.text();
                    case "firstName" -> firstName = in.text();
                    case "lastName" -> lastName = in.text();
                    case "age" -> age = in.integer();
                    case "address" -> address = in.isObject() ? address(in) : null;
                    case "profile" -> profile = in.isObject() ? profile(in) : null;
                    case "preferences" -> preferences = in.isObject() ? preferences(in) : null;
                    case "activityLog" -> activityLog = entries(in);
                    case "transactions" -> transactions = entries(in);
                    case "messages" ->
                        messages = in.objects(UserReader.this::message).toArray(NO_MESSAGES);
                    case "socialMedia" -> socialMedia = in.isObject() ? socialMedia(in) : null;
                    case "largeData" -> largeData = in.isObject() ? largeData(in) : null;
                    default -> ignore(in);
                }
            }
            if (found == null) {
                throw new BadUserException("id", "is missing");
            }
            id = found;
        }

        private OriginalUser user(int canonicalBytes, Place place) {
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
                    socialMedia,
                    largeData,
                    canonicalBytes,
                    place);
        }
    }

    private void ignore(UserJson in) {
        unknownFields++;
        in.skip();
    }

    private Address address(UserJson in) throws BadUserException {
        byte[] street = null;
        byte[] city = null;
        byte[] state = null;
        byte[] zipCode = null;
        byte[] country = null;
        Coordinates coordinates = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "street" -> street = in.text();
                case "city" -> city = in.text();
                case "state" -> state = in.text();
                case "zipCode" -> zipCode = in.text();
                case "country" -> country = in.text();
                case "coordinates" -> coordinates = in.isObject() ? coordinates(in) : null;
                default -> ignore(in);
            }
        }
        return new Address(street, city, state, zipCode, country, coordinates);
    }

    private Coordinates coordinates(UserJson in) throws BadUserException {
        Integer lat = null;
        Integer lng = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "lat" -> lat = in.degrees(90);
                case "lng" -> lng = in.degrees(180);
                default -> ignore(in);
            }
        }
        return new Coordinates(lat, lng);
    }

    private Profile profile(UserJson in) throws BadUserException {
        byte[] bio = null;
        var interests = NO_TEXTS;
        var skills = NO_TEXTS;
        var education = new Education[0];
        var experience = new Experience[0];
        while (in.nextField()) {
            switch (in.name()) {
                case "bio" -> bio = in.text();
                case "interests" -> interests = in.texts();
                case "skills" -> skills = in.texts();
                case "education" -> education = in.objects(this::education).toArray(new Education[0]);
                case "experience" -> experience = in.objects(this::experience).toArray(new Experience[0]);
                default -> ignore(in);
            }
        }
        return new Profile(bio, interests, skills, education, experience);
    }

    private Education education(UserJson in) throws BadUserException {
        byte[] institution = null;
        byte[] degree = null;
        Integer year = null;
        byte[] description = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "institution" -> institution = in.text();
                case "degree" -> degree = in.text();
                case "year" -> year = in.integer();
                case "description" -> description = in.text();
                default -> ignore(in);
            }
        }
        return new Education(institution, degree, year, description);
    }

    private Experience experience(UserJson in) throws BadUserException {
        byte[] company = null;
        byte[] position = null;
        byte[] duration = null;
        byte[] description = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "company" -> company = in.text();
                case "position" -> position = in.text();
                case "duration" -> duration = in.text();
                case "description" -> description = in.text();
                default -> ignore(in);
            }
        }
        return new Experience(company, position, duration, description);
    }

    private Preferences preferences(UserJson in) throws BadUserException {
        byte[] language = null;
        byte[] timezone = null;
        var notifications = NO_TEXTS;
        var settings = NO_ENTRIES;
        while (in.nextField()) {
            switch (in.name()) {
                case "language" -> language = in.text();
                case "timezone" -> timezone = in.text();
                case "notifications" -> notifications = in.texts();
                case "settings" -> settings = entries(in);
                default -> ignore(in);
            }
        }
        return new Preferences(language, timezone, notifications, settings);
    }

    private Entry[] entries(UserJson in) throws BadUserException {
        return in.objects(this::entry).toArray(NO_ENTRIES);
    }

    private Entry entry(UserJson in) throws BadUserException {
        byte[] key = null;
        byte[] value = null;
        byte[] metadata = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "key" -> key = in.text();
                case "value" -> value = in.text();
                case "metadata" -> metadata = in.text();
                default -> ignore(in);
            }
        }
        return new Entry(key, value, metadata);
    }

    private Message message(UserJson in) throws BadUserException {
        byte[] id = null;
        byte[] from = null;
        byte[] to = null;
        byte[] subject = null;
        byte[] body = null;
        Boolean read = null;
        var attachments = new Attachment[0];
        while (in.nextField()) {
            switch (in.name()) {
                case "id" -> id = in.text();
                case "from" -> from = in.text();
                case "to" -> to = in.text();
                case "subject" -> subject = in.text();
                case "body" -> body = in.text();
                case "read" -> read = in.flag();
                case "attachments" -> attachments = in.objects(this::attachment).toArray(new Attachment[0]);
                default -> ignore(in);
            }
        }
        return new Message(id, from, to, subject, body, read, attachments);
    }

    private Attachment attachment(UserJson in) throws BadUserException {
        byte[] name = null;
        Integer size = null;
        byte[] type = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "name" -> name = in.text();
                case "size" -> size = in.integer();
                case "type" -> type = in.text();
                default -> ignore(in);
            }
        }
        return new Attachment(name, size, type);
    }

    private SocialMedia socialMedia(UserJson in) throws BadUserException {
        var connections = NO_TEXTS;
        var posts = NO_ENTRIES;
        var groups = new Group[0];
        while (in.nextField()) {
            switch (in.name()) {
                case "connections" -> connections = in.texts();
                case "posts" -> posts = entries(in);
                case "groups" -> groups = in.objects(this::group).toArray(new Group[0]);
                default -> ignore(in);
            }
        }
        return new SocialMedia(connections, posts, groups);
    }

    private Group group(UserJson in) throws BadUserException {
        byte[] id = null;
        byte[] name = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "id" -> id = in.text();
                case "name" -> name = in.text();
                default -> ignore(in);
            }
        }
        return new Group(id, name);
    }

    private LargeData largeData(UserJson in) throws BadUserException {
        byte[] blob1 = null;
        byte[] blob2 = null;
        byte[] blob3 = null;
        byte[] blob4 = null;
        byte[] blob5 = null;
        while (in.nextField()) {
            switch (in.name()) {
                case "blob1" -> blob1 = in.text();
                case "blob2" -> blob2 = in.text();
                case "blob3" -> blob3 = in.text();
                case "blob4" -> blob4 = in.text();
                case "blob5" -> blob5 = in.text();
                default -> ignore(in);
            }
        }
        return new LargeData(blob1, blob2, blob3, blob4, blob5);
    }
}
