package dyno.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.UUID;

/// What this node is called among those that share a database: made up once, kept in its data folder.
final class NodeName {

    private static final int MAX_HOST_CHARACTERS = 40;
    private static final int TAIL_CHARACTERS = 8;

    private NodeName() {}

    /// The name in `<data>/node`; a new one is written where the file is missing.
    static String of(Path dataFolder) throws IOException {
        var file = dataFolder.resolve("node");
        if (Files.exists(file)) {
            return Files.readString(file, UTF_8).strip();
        }
        // Hosts are cloned, and one may serve two data folders: the tail tells them apart.
        var name = host() + "-" + UUID.randomUUID().toString().substring(0, TAIL_CHARACTERS);
        var staging = Files.writeString(dataFolder.resolve("node.new"), name + "\n", UTF_8);
        Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    /// Where the folder is, as far as that tells it from its copies: host, path, and the file that holds
    /// the name.
    static String home(Path dataFolder) throws IOException {
        var file = dataFolder.resolve("node").toRealPath();
        return "%s:%s#%s"
                .formatted(
                        host(),
                        file.getParent(),
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    private static String host() {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            var plain = name.replaceAll("[^a-z0-9.-]", "");
            return plain.substring(0, Math.min(plain.length(), MAX_HOST_CHARACTERS));
        } catch (UnknownHostException e) {
            // A container may have a name that nothing resolves.
            return "node";
        }
    }
}
