package dyno;

import java.util.Arrays;

/// The entry point. Its first argument chooses the face: the service, the forked measurer, or the client and the
/// engines' tools.
public final class Dyno {

    private Dyno() {}

    public static void main(String[] args) {
        var face = args.length == 0 ? "--help" : args[0];
        var rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
        switch (face) {
            case "serve" -> Serve.main(rest);
            default -> {
                System.err.println("There is no command " + face);
                System.exit(ExitCode.USAGE);
            }
        }
    }
}
