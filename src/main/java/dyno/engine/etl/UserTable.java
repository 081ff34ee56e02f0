package dyno.engine.etl;

import dyno.engine.etl.OriginalUser.Entry;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tables that users are spread over, parents first. Parts that a user lacks have no row; `ord` is 0-based.
///
/// Keys are composite: the user's id and the place in its list, never one number worked out of both, which would
/// collide.
enum UserTable {
    USERS(1, "id bigint, username text, email text, first_name text, last_name text, age integer", "PRIMARY KEY (id)") {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            out.beginRow();
            out.bigint(user.id());
            out.text(user.username());
            out.text(user.email());
            out.text(user.firstName());
            out.text(user.lastName());
            out.integer(user.age());
            out.endRow();
            return 1;
        }
    },

    ADDRESSES(
            1,
            "user_id bigint, street text, city text, state text, zip_code text, country text, lat double precision,"
                    + " lng double precision",
            Keys.ONE) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var address = user.address();
            if (address == null) {
                return 0;
            }
            out.beginRow();
            out.bigint(user.id());
            out.text(address.street());
            out.text(address.city());
            out.text(address.state());
            out.text(address.zipCode());
            out.text(address.country());
            var coordinates = address.coordinates();
            degrees(coordinates == null ? null : coordinates.lat(), out);
            degrees(coordinates == null ? null : coordinates.lng(), out);
            out.endRow();
            return 1;
        }
    },

    PROFILES(1, "user_id bigint, bio text, interests jsonb, skills jsonb", Keys.ONE) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var profile = user.profile();
            if (profile == null) {
                return 0;
            }
            out.beginRow();
            out.bigint(user.id());
            out.text(profile.bio());
            out.json(profile.interests());
            out.json(profile.skills());
            out.endRow();
            return 1;
        }
    },

    EDUCATION(
            2,
            "user_id bigint, ord integer, institution text, degree text, year integer, description text",
            Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var profile = user.profile();
            if (profile == null) {
                return 0;
            }
            var schools = profile.education();
            for (int ord = 0; ord < schools.length; ord++) {
                begin(user, ord, out);
                out.text(schools[ord].institution());
                out.text(schools[ord].degree());
                out.integer(schools[ord].year());
                out.text(schools[ord].description());
                out.endRow();
            }
            return schools.length;
        }
    },

    EXPERIENCE(
            3, "user_id bigint, ord integer, company text, position text, duration text, description text", Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var profile = user.profile();
            if (profile == null) {
                return 0;
            }
            var posts = profile.experience();
            for (int ord = 0; ord < posts.length; ord++) {
                begin(user, ord, out);
                out.text(posts[ord].company());
                out.text(posts[ord].position());
                out.text(posts[ord].duration());
                out.text(posts[ord].description());
                out.endRow();
            }
            return posts.length;
        }
    },

    PREFERENCES(1, "user_id bigint, language text, timezone text, notifications jsonb", Keys.ONE) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var preferences = user.preferences();
            if (preferences == null) {
                return 0;
            }
            out.beginRow();
            out.bigint(user.id());
            out.text(preferences.language());
            out.text(preferences.timezone());
            out.json(preferences.notifications());
            out.endRow();
            return 1;
        }
    },

    SETTINGS(10, Keys.ENTRY, Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var preferences = user.preferences();
            return preferences == null ? 0 : entries(user, preferences.settings(), out);
        }
    },

    ACTIVITY_LOG(20, Keys.ENTRY, Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            return entries(user, user.activityLog(), out);
        }
    },

    TRANSACTIONS(15, Keys.ENTRY, Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            return entries(user, user.transactions(), out);
        }
    },

    POSTS(25, Keys.ENTRY, Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var social = user.socialMedia();
            return social == null ? 0 : entries(user, social.posts(), out);
        }
    },

    MESSAGES(
            10,
            "user_id bigint, ord integer, id text, sender text, recipient text, subject text, body text, read boolean",
            Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var messages = user.messages();
            for (int ord = 0; ord < messages.length; ord++) {
                begin(user, ord, out);
                out.text(messages[ord].id());
                out.text(messages[ord].from());
                out.text(messages[ord].to());
                out.text(messages[ord].subject());
                out.text(messages[ord].body());
                out.bool(messages[ord].read());
                out.endRow();
            }
            return messages.length;
        }
    },

    ATTACHMENTS(
            30,
            "user_id bigint, message_ord integer, ord integer, name text, size integer, type text",
            "PRIMARY KEY (user_id, message_ord, ord),"
                    + " FOREIGN KEY (user_id, message_ord) REFERENCES messages ON DELETE CASCADE") {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            int rows = 0;
            var messages = user.messages();
            for (int message = 0; message < messages.length; message++) {
                var attachments = messages[message].attachments();
                for (int ord = 0; ord < attachments.length; ord++) {
                    begin(user, message, out);
                    out.integer(ord);
                    out.text(attachments[ord].name());
                    out.integer(attachments[ord].size());
                    out.text(attachments[ord].type());
                    out.endRow();
                }
                rows += attachments.length;
            }
            return rows;
        }
    },

    SOCIAL_MEDIA(1, "user_id bigint, connections jsonb", Keys.ONE) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var social = user.socialMedia();
            if (social == null) {
                return 0;
            }
            out.beginRow();
            out.bigint(user.id());
            out.json(social.connections());
            out.endRow();
            return 1;
        }
    },

    USER_GROUPS(5, "user_id bigint, ord integer, id text, name text", Keys.MANY) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var social = user.socialMedia();
            if (social == null) {
                return 0;
            }
            var groups = social.groups();
            for (int ord = 0; ord < groups.length; ord++) {
                begin(user, ord, out);
                out.text(groups[ord].id());
                out.text(groups[ord].name());
                out.endRow();
            }
            return groups.length;
        }
    },

    LARGE_DATA(1, "user_id bigint, blob1 text, blob2 text, blob3 text, blob4 text, blob5 text", Keys.ONE) {
        @Override
        int write(OriginalUser user, RowWriter out) throws SQLException {
            var data = user.largeData();
            if (data == null) {
                return 0;
            }
            out.beginRow();
            out.bigint(user.id());
            out.text(data.blob1());
            out.text(data.blob2());
            out.text(data.blob3());
            out.text(data.blob4());
            out.text(data.blob5());
            out.endRow();
            return 1;
        }
    };

    private static final double MICROS = 1_000_000;

    private static final class Keys {
        private static final String USER = "FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE";
        static final String ONE = "PRIMARY KEY (user_id), " + USER;
        static final String MANY = "PRIMARY KEY (user_id, ord), " + USER;
        static final String ENTRY = "user_id bigint, ord integer, key text, value text, metadata text";
    }

    // Immutable, as a record of immutable things is.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Table table;

    private final int rowsOfGenerated;

    UserTable(int rowsOfGenerated, String columns, String keys) {
        this.table = Table.of(name().toLowerCase(Locale.ROOT), columns, keys);
        this.rowsOfGenerated = rowsOfGenerated;
    }

    Table table() {
        return table;
    }

    /// Rows that a generated user has here.
    int rowsOfGenerated() {
        return rowsOfGenerated;
    }

    /// Writes the user's rows.
    ///
    /// @return how many
    abstract int write(OriginalUser user, RowWriter out) throws SQLException;

    private static int entries(OriginalUser user, Entry[] entries, RowWriter out) throws SQLException {
        for (int ord = 0; ord < entries.length; ord++) {
            begin(user, ord, out);
            out.text(entries[ord].key());
            out.text(entries[ord].value());
            out.text(entries[ord].metadata());
            out.endRow();
        }
        return entries.length;
    }

    private static void begin(OriginalUser user, int ord, RowWriter out) throws SQLException {
        out.beginRow();
        out.bigint(user.id());
        out.integer(ord);
    }

    private static void degrees(@Nullable Integer micros, RowWriter out) throws SQLException {
        if (micros == null) {
            out.nothing();
        } else {
            out.doublePrecision(micros / MICROS);
        }
    }
}
