package dyno.cli;

/// What a piece of text is coloured like, where colours may be used.
enum Ink {
    PLAIN(""),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    FAINT("\u001b[2m");

    private static final String RESET = "\u001b[0m";

    private final String start;

    Ink(String start) {
        this.start = start;
    }

    String on(String text, Terminal terminal) {
        return terminal.coloured() && this != PLAIN && !text.isEmpty() ? start + text + RESET : text;
    }
}
