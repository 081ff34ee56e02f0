package dyno.engine.marc;

/// What EXTRACT takes from a record: `245$ab`, `001`, `008/35-37`, `leader/06-06`; `6XX$a` for any tag that
/// begins with 6.
///
/// @param text      as it was written
/// @param isLeader  whether it is about the leader
/// @param tag       three characters, `X` for any
/// @param codes     subfield codes; empty for all of them or a control field's value
/// @param from      first character; -1 for the whole value
/// @param to        last character
record ExtractSpec(String text, boolean isLeader, String tag, String codes, int from, int to) {

    static final String PATTERN = "[0-9A-Za-z]{3}(\\$[!-~]+|/[0-9]{1,5}-[0-9]{1,5})?|leader/[0-9]{1,2}-[0-9]{1,2}";

    static ExtractSpec of(String text) {
        int slash = text.startsWith("leader/") ? 6 : text.charAt(Math.min(3, text.length() - 1)) == '/' ? 3 : -1;
        if (slash < 0) {
            return new ExtractSpec(
                    text, false, text.substring(0, 3), text.substring(Math.min(4, text.length())), -1, -1);
        }
        int dash = text.indexOf('-', slash);
        int from = Integer.parseInt(text, slash + 1, dash, 10);
        int to = Integer.parseInt(text, dash + 1, text.length(), 10);
        return new ExtractSpec(text, slash == 6, text.substring(0, 3), "", from, to);
    }

    boolean matches(int fieldTag) {
        return matches(0, fieldTag >>> 16) && matches(1, fieldTag >>> 8) && matches(2, fieldTag);
    }

    private boolean matches(int position, int character) {
        char c = tag.charAt(position);
        return c == 'X' || c == (character & 0xFF);
    }

    boolean takes(byte code) {
        return codes.isEmpty() || codes.indexOf(code & 0xFF) >= 0;
    }

    boolean isRange() {
        return from >= 0;
    }
}
