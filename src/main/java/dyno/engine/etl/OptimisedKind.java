package dyno.engine.etl;

import java.nio.charset.StandardCharsets;

/// Optimised users and their canonical lines.
final class OptimisedKind implements RecordKind<OptimisedUser> {

    static final OptimisedKind INSTANCE = new OptimisedKind();

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] USERNAME = ascii(",\"username\":");
    private static final byte[] EMAIL = ascii(",\"email\":");
    private static final byte[] AGE = ascii(",\"age\":");
    private static final byte[] LOCATION = ascii(",\"locationId\":");
    private static final byte[] PROFILE = ascii(",\"profileBits\":");
    private static final byte[] ACTIVITIES = ascii(",\"activityCount\":");
    private static final byte[] TRANSACTIONS = ascii(",\"transactionCount\":");
    private static final byte[] MESSAGES = ascii(",\"messageCount\":");
    private static final byte[] CONNECTIONS = ascii(",\"socialConnectionsCount\":");
    private static final byte[] HASH = ascii(",\"dataHash\":");

    /// What does not depend on the record: names, quotes of two texts, two hashes, braces, age and location.
    private static final int CONSTANT_BYTES = ID.length
            + USERNAME.length
            + EMAIL.length
            + AGE.length
            + LOCATION.length
            + PROFILE.length
            + ACTIVITIES.length
            + TRANSACTIONS.length
            + MESSAGES.length
            + CONNECTIONS.length
            + HASH.length
            + 2 * 2
            + 2 * 18
            + 1
            + 2
            + 1;

    /// `u` twice and `@e.com` around three times the id, and activities, which have two digits.
    private static final int TEXT_BYTES = 2 + 6 + 2;

    /// Of transactions, messages and connections.
    private static final int MOST_DIGITS = 2 + 2 + 3;

    private OptimisedKind() {}

    /// Length of the canonical line of a generated record.
    ///
    /// @param idDigits digits of its id
    static int inputBytes(int idDigits, int transactions, int messages, int connections) {
        return CONSTANT_BYTES + TEXT_BYTES + 3 * idDigits + MOST_DIGITS + shorter(transactions, messages, connections);
    }

    /// One less for each number that has a digit less, without a branch that every other record would take otherwise.
    static int shorter(int transactions, int messages, int connections) {
        return ((transactions - 10) >> 31) + ((messages - 10) >> 31) + ((connections - 100) >> 31);
    }

    @Override
    public long id(OptimisedUser user) {
        return user.id();
    }

    @Override
    public int inputBytes(OptimisedUser user) {
        // The name is u and the id's digits.
        return inputBytes(
                user.username().length - 1,
                user.transactionCount(),
                user.messageCount(),
                user.socialConnectionsCount());
    }

    @Override
    public OptimisedUser copy(OptimisedUser user) {
        return new OptimisedUser(
                user.id(),
                user.profileBits(),
                user.dataHash(),
                user.username().clone(),
                user.email().clone(),
                user.age(),
                user.locationId(),
                user.activityCount(),
                user.transactionCount(),
                user.messageCount(),
                user.socialConnectionsCount());
    }

    @Override
    public void appendInput(OptimisedUser user, LineBuffer to) {
        to.raw(ID).number(user.id());
        to.raw(USERNAME).text(user.username());
        to.raw(EMAIL).text(user.email());
        appendNumbers(
                to,
                user.age(),
                user.locationId(),
                user.profileBits(),
                user.activityCount(),
                user.transactionCount(),
                user.messageCount(),
                user.socialConnectionsCount(),
                user.dataHash());
    }

    /// The line of a row of columns.
    static void appendInput(OptimisedColumns columns, int row, LineBuffer to) {
        var texts = columns.texts();
        to.raw(ID).number(columns.id(row));
        to.raw(USERNAME).text(texts.area(), texts.offset(row), texts.nameLength(row));
        to.raw(EMAIL).text(texts.area(), texts.emailOffset(row), texts.emailLength(row));
        appendNumbers(
                to,
                columns.age(row),
                columns.locationId(row),
                columns.profileBits(row),
                columns.activityCount(row),
                columns.transactionCount(row),
                columns.messageCount(row),
                columns.socialConnectionsCount(row),
                columns.dataHash(row));
    }

    /// The one list of fields of both layouts; a record in between would be an object a row.
    private static void appendNumbers(
            LineBuffer to,
            long age,
            long locationId,
            long profileBits,
            long activities,
            long transactions,
            long messages,
            long connections,
            long dataHash) {
        to.raw(AGE).number(age);
        to.raw(LOCATION).number(locationId);
        to.raw(PROFILE).hex(profileBits);
        to.raw(ACTIVITIES).number(activities);
        to.raw(TRANSACTIONS).number(transactions);
        to.raw(MESSAGES).number(messages);
        to.raw(CONNECTIONS).number(connections);
        to.raw(HASH).hex(dataHash).raw('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
