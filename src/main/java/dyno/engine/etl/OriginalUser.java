package dyno.engine.etl;

import dyno.engine.etl.DeadLetter.Place;
import org.jspecify.annotations.Nullable;

/// A user as the model of this engine has it: some 450 pieces of memory and 74 KB, most of them text.
///
/// Text is UTF-8. Every record has arrays of its own, which nobody changes. Generated records have every part;
/// of a dataset, missing lists are empty and missing scalars and objects null.
///
/// @param canonicalBytes length of the record's canonical line
/// @param place          where a dataset has it; null for generated records
@SuppressWarnings("ArrayRecordComponent") // Compared by their canonical lines, never as records.
record OriginalUser(
        long id,
        byte @Nullable [] username,
        byte @Nullable [] email,
        byte @Nullable [] firstName,
        byte @Nullable [] lastName,
        @Nullable Integer age,
        @Nullable Address address,
        @Nullable Profile profile,
        @Nullable Preferences preferences,
        Entry[] activityLog,
        Entry[] transactions,
        Message[] messages,
        @Nullable SocialMedia socialMedia,
        @Nullable LargeData largeData,
        int canonicalBytes,
        @Nullable Place place) {

    record Address(
            byte @Nullable [] street,
            byte @Nullable [] city,
            byte @Nullable [] state,
            byte @Nullable [] zipCode,
            byte @Nullable [] country,
            @Nullable Coordinates coordinates) {}

    /// Micro-degrees.
    record Coordinates(@Nullable Integer lat, @Nullable Integer lng) {}

    record Profile(
            byte @Nullable [] bio,
            byte[][] interests,
            byte[][] skills,
            Education[] education,
            Experience[] experience) {}

    record Education(
            byte @Nullable [] institution,
            byte @Nullable [] degree,
            @Nullable Integer year,
            byte @Nullable [] description) {}

    record Experience(
            byte @Nullable [] company,
            byte @Nullable [] position,
            byte @Nullable [] duration,
            byte @Nullable [] description) {}

    record Preferences(
            byte @Nullable [] language, byte @Nullable [] timezone, byte[][] notifications, Entry[] settings) {}

    /// A key, its value and what is known of it: settings, activities, transactions, posts.
    record Entry(byte @Nullable [] key, byte @Nullable [] value, byte @Nullable [] metadata) {}

    record Message(
            byte @Nullable [] id,
            byte @Nullable [] from,
            byte @Nullable [] to,
            byte @Nullable [] subject,
            byte @Nullable [] body,
            @Nullable Boolean read,
            Attachment[] attachments) {}

    record Attachment(byte @Nullable [] name, @Nullable Integer size, byte @Nullable [] type) {}

    record SocialMedia(byte[][] connections, Entry[] posts, Group[] groups) {}

    record Group(byte @Nullable [] id, byte @Nullable [] name) {}

    record LargeData(
            byte @Nullable [] blob1,
            byte @Nullable [] blob2,
            byte @Nullable [] blob3,
            byte @Nullable [] blob4,
            byte @Nullable [] blob5) {}
}
