package dyno.web;

import java.util.Arrays;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/// Writes U+FFFD for NUL, which a fork's last words may hold.
///
/// PostgreSQL stores JSON with a NUL as it came, but has no text for it: whatever looks into the document later
/// (`->>`, a view) fails, and with it the whole query. Immutable.
///
/// @see <a href="https://www.postgresql.org/docs/18/datatype-json.html">JSON types</a>
public final class NulFree extends CharacterEscapes {

    private static final long serialVersionUID = 1;
    private static final int ASCII = 128;
    private static final SerializedString REPLACEMENT = new SerializedString("\ufffd");

    @Override
    public int[] getEscapeCodesForAscii() {
        var codes = Arrays.copyOf(standardAsciiEscapesForJSON(), ASCII);
        codes[0] = ESCAPE_CUSTOM;
        return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
        return REPLACEMENT;
    }
}
