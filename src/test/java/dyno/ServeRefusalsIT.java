package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ChildJvm;
import dyno.support.TestFolders;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServeRefusalsIT {

    private final Path data = TestFolders.fresh("refused");

    @Test
    void listensForThisMachineOnly() throws Exception {
        var end = serve(Map.of(), "--bind", "0.0.0.0");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output())
                .isEqualTo(
                        "0.0.0.0 is reachable from other machines and the service asks nobody for a key: set DYNO_AUTH=keys and make a key with ./dyno keys create --name NAME --scope admin, or bind to a loopback address such as 127.0.0.1");
    }

    @Test
    void knowsTwoWaysOfAskingForKeys() throws Exception {
        var end = serve(Map.of("DYNO_AUTH", "on"));

        assertThat(end).isEqualTo(new ChildJvm.End(3, "DYNO_AUTH is 'on' and has to be off or keys"));
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var end = serve(Map.of("DYNO_PORT", Integer.toString(taken.getLocalPort())));

            assertThat(end.status()).isEqualTo(3);
            assertThat(end.output())
                    .startsWith("Port %d on 127.0.0.1 cannot be had".formatted(taken.getLocalPort()))
                    .endsWith("choose another with --port");
        }
    }

    @Test
    void saysWhoHoldsTheFolder() throws Exception {
        Files.writeString(
                data.resolve("service.json"), "{\"pid\":4711,\"port\":8099,\"started\":\"2026-01-01T12:00:00Z\"}");
        try (var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            var end = serve(Map.of(), "--port", "0");

            assertThat(end)
                    .isEqualTo(new ChildJvm.End(
                            3,
                            "The data folder %s is held by the service with pid 4711 on port 8099; choose another folder with --data"
                                    .formatted(data)));
        }
    }

    @Test
    void saysWhyADatabaseCannotBeUsed() throws Exception {
        var end = serve(
                Map.of(
                        "DYNO_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:1/db?password=hidden",
                        "DYNO_DATABASE_PASSWORD",
                        "hidden too"),
                "--port",
                "0");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output())
                .startsWith("The database jdbc:postgresql://127.0.0.1:1/db does not take us: ")
                .hasLineCount(1)
                .doesNotContain("hidden");
    }

    @Test
    void takesPostgresqlAlone() throws Exception {
        var end = serve(Map.of("DYNO_DATABASE_URL", "postgres://somebody@somewhere/db"), "--port", "0");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output()).startsWith("DYNO_DATABASE_URL has to be like jdbc:postgresql://");
    }

    @Test
    void callsArgumentsThatCannotWorkByName() throws Exception {
        var end = serve(Map.of(), "--port", "70000");

        assertThat(end).isEqualTo(new ChildJvm.End(2, "--port is 70000 and has to be 0 to 65535"));
        assertThat(serve(Map.of(), "--prot", "1").status()).isEqualTo(2);
    }

    private ChildJvm.End serve(Map<String, String> environment, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
        arguments.addAll(List.of(options));
        try (var service = ChildJvm.start(Dyno.class, arguments, environment)) {
            return service.awaitEnd();
        }
    }
}
