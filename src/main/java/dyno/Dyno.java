package dyno;

import dyno.cli.Cli;
import dyno.fork.ForkMain;
import java.util.Arrays;

/// The entry point. Its first argument chooses the face: the service, its keys, the forked measurer, what later starts
/// learn from, a look at the machine, a data folder's backup, or the client and the engines' tools.
public final class Dyno {

    private Dyno() {}

    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case "serve" -> Serve.main(withoutFirst(args));
            case "fork" -> ForkMain.main(withoutFirst(args));
            case "keys" -> Keys.main(withoutFirst(args));
            case "doctor" -> Doctor.main(withoutFirst(args));
            case "backup" -> Backup.main(withoutFirst(args));
            case "restore" -> Backup.restore(withoutFirst(args));
            case "train" -> Train.main(withoutFirst(args));
            default -> System.exit(Cli.run(args));
        }
    }

    private static String[] withoutFirst(String[] args) {
        return Arrays.copyOfRange(args, 1, args.length);
    }
}
