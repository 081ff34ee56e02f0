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

/// The objects within a user's line: each is read from the first of its fields to its end.
///
/// Used by one thread at a time.
final class UserParts {

    static final Entry[] NO_ENTRIES = {};
    static final Message[] NO_MESSAGES = {};
    private static final byte[][] NO_TEXTS = {};

    private long unknownFields;

    /// Fields that no user has, so far.
    long unknownFields() {
        return unknownFields;
    }

    /// Passes over a field that no user has.
    void ignore(UserJson in) {
        unknownFields++;
        in.skip();
    }

    Address address(UserJson in) throws BadUserException {
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

    Profile profile(UserJson in) throws BadUserException {
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

    Preferences preferences(UserJson in) throws BadUserException {
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

    Entry[] entries(UserJson in) throws BadUserException {
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

    Message[] messages(UserJson in) throws BadUserException {
        return in.objects(this::message).toArray(NO_MESSAGES);
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

    SocialMedia socialMedia(UserJson in) throws BadUserException {
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

    LargeData largeData(UserJson in) throws BadUserException {
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
