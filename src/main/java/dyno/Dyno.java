package dyno;

/// The entry point.
public final class Dyno {

    private Dyno() {}

    public static void main(String[] args) {}
}
