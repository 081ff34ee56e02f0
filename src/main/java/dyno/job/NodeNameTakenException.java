package dyno.job;

/// Thrown where a node finds that another one lives under its name, as happens with a copied data folder.
/// Stops the start.
public final class NodeNameTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeNameTakenException(String name, String home) {
        super(("Another service runs as node %s (%s); is this data folder a copy of its? Remove the file 'node' in it "
                        + "to get a name of its own")
                .formatted(name, home));
    }
}
