package dyno.engine.etl;

import dyno.engine.etl.DeadLetter.Place;
import dyno.engine.etl.OriginalUser.Address;
import dyno.engine.etl.OriginalUser.Entry;
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
/// ignored and counted. Used by one thread at a time.
final class UserReader {

    private final UserJson json = new UserJson();
    private final UserParts parts = new UserParts();
    private final LineBuffer line = new LineBuffer(4096);

    /// Fields that no user has, so far.
    long unknownFields() {
        return parts.unknownFields();
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
        private Entry[] activityLog = UserParts.NO_ENTRIES;
        private Entry[] transactions = UserParts.NO_ENTRIES;
        private Message[] messages = UserParts.NO_MESSAGES;
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
                    case "address" -> address = in.isObject() ? parts.address(in) : null;
                    case "profile" -> profile = in.isObject() ? parts.profile(in) : null;
                    case "preferences" -> preferences = in.isObject() ? parts.preferences(in) : null;
                    case "activityLog" -> activityLog = parts.entries(in);
                    case "transactions" -> transactions = parts.entries(in);
                    case "messages" -> messages = parts.messages(in);
                    case "socialMedia" -> socialMedia = in.isObject() ? parts.socialMedia(in) : null;
                    case "largeData" -> largeData = in.isObject() ? parts.largeData(in) : null;
                    default -> parts.ignore(in);
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
}
