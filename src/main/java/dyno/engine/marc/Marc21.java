package dyno.engine.marc;

import java.util.Map;
import java.util.TreeMap;

/// What MARC 21 allows beyond the structure of ISO 2709.
///
/// @see <a href="https://www.loc.gov/marc/bibliographic/bdleader.html">MARC 21 leader</a>
final class Marc21 {

    private static final String HOLDINGS_TYPES = "uvxy";

    /// Allowed values by position; positions that are not named may hold anything.
    private static final Rules BIBLIOGRAPHIC = new Rules(Map.of(
            5,
            "acdnp",
            6,
            "acdefgijkmoprt",
            7,
            "abcdims",
            8,
            " a",
            9,
            " a",
            17,
            " 1234578uz",
            18,
            " acinu",
            19,
            " abc"));

    private static final Rules AUTHORITY = new Rules(Map.of(5, "acdnposx", 9, " a", 17, "no"));

    private static final Rules HOLDINGS = new Rules(Map.of(5, "cdn", 9, " a", 17, "12345muz"));

    private Marc21() {}

    /// The lowest position of the leader at `start` whose value is not defined; -1 where all are.
    ///
    /// Which values are depends on the kind of record that position 06 tells.
    static int offendingLeaderPosition(byte[] data, int start) {
        int type = data[start + 6] & 0xFF;
        if (type == 'z') {
            return AUTHORITY.firstOffending(data, start);
        }
        return (HOLDINGS_TYPES.indexOf(type) >= 0 ? HOLDINGS : BIBLIOGRAPHIC).firstOffending(data, start);
    }

    static boolean isIndicator(byte b) {
        return b == ' ' || Bytes.isDigit(b);
    }

    static boolean isSubfieldCode(byte b) {
        return b >= 0x21 && b <= 0x7E;
    }

    /// Positions 20 to 23 are the same for every kind.
    private static final class Rules {

        private final int[] positions;
        private final String[] values;

        Rules(Map<Integer, String> valuesByPosition) {
            var sorted = new TreeMap<>(valuesByPosition);
            sorted.putAll(Map.of(20, "4", 21, "5", 22, "0", 23, "0"));
            positions = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
            values = sorted.values().toArray(String[]::new);
        }

        int firstOffending(byte[] data, int start) {
            for (int i = 0; i < positions.length; i++) {
                if (values[i].indexOf(data[start + positions[i]] & 0xFF) < 0) {
                    return positions[i];
                }
            }
            return -1;
        }
    }
}
