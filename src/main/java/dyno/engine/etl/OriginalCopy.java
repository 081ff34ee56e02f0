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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Deep copies of original users: every text, list and object anew, as the peer makes them before its transform.
final class OriginalCopy {

    private OriginalCopy() {}

    static OriginalUser of(OriginalUser user) {
        return new OriginalUser(
                user.id(),
                text(user.username()),
                text(user.email()),
                text(user.firstName()),
                text(user.lastName()),
                user.age(),
                part(user.address(), OriginalCopy::address),
                part(user.profile(), OriginalCopy::profile),
                part(user.preferences(), OriginalCopy::preferences),
                list(user.activityLog(), OriginalCopy::entry),
                list(user.transactions(), OriginalCopy::entry),
                list(user.messages(), OriginalCopy::message),
                part(user.socialMedia(), OriginalCopy::socialMedia),
                part(user.largeData(), OriginalCopy::largeData),
                user.canonicalBytes(),
                user.place());
    }

    private static Address address(Address address) {
        return new Address(
                text(address.street()),
                text(address.city()),
                text(address.state()),
                text(address.zipCode()),
                text(address.country()),
                part(address.coordinates(), c -> new Coordinates(c.lat(), c.lng())));
    }

    private static Profile profile(Profile profile) {
        return new Profile(
                text(profile.bio()),
                texts(profile.interests()),
                texts(profile.skills()),
                list(
                        profile.education(),
                        e -> new Education(text(e.institution()), text(e.degree()), e.year(), text(e.description()))),
                list(
                        profile.experience(),
                        e -> new Experience(
                                text(e.company()), text(e.position()), text(e.duration()), text(e.description()))));
    }

    private static Preferences preferences(Preferences preferences) {
        return new Preferences(
                text(preferences.language()),
                text(preferences.timezone()),
                texts(preferences.notifications()),
                list(preferences.settings(), OriginalCopy::entry));
    }

    private static Entry entry(Entry entry) {
        return new Entry(text(entry.key()), text(entry.value()), text(entry.metadata()));
    }

    private static Message message(Message message) {
        return new Message(
                text(message.id()),
                text(message.from()),
                text(message.to()),
                text(message.subject()),
                text(message.body()),
                message.read(),
                list(message.attachments(), a -> new Attachment(text(a.name()), a.size(), text(a.type()))));
    }

    private static SocialMedia socialMedia(SocialMedia social) {
        return new SocialMedia(
                texts(social.connections()),
                list(social.posts(), OriginalCopy::entry),
                list(social.groups(), g -> new Group(text(g.id()), text(g.name()))));
    }

    private static LargeData largeData(LargeData data) {
        return new LargeData(
                text(data.blob1()), text(data.blob2()), text(data.blob3()), text(data.blob4()), text(data.blob5()));
    }

    private static byte @Nullable [] text(byte @Nullable [] text) {
        return text == null ? null : text.clone();
    }

    private static byte[][] texts(byte[][] texts) {
        var copy = new byte[texts.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = texts[i].clone();
        }
        return copy;
    }

    private static <T> T[] list(T[] list, UnaryOperator<T> copyOf) {
        var copy = list.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copyOf.apply(copy[i]);
        }
        return copy;
    }

    private static <T> @Nullable T part(@Nullable T part, UnaryOperator<T> copyOf) {
        return part == null ? null : copyOf.apply(part);
    }
}
