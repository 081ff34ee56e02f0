package dyno.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SecretTest {

    private final Random random = new Random(9);

    /// The example of the specification.
    @Test
    void checksAsStandardWebhooksHaveIt() throws Exception {
        var genuine = SignatureCheck.isGenuine(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                "{\"test\": 2432232314}".getBytes(UTF_8),
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

        assertThat(genuine).isTrue();
    }

    @Test
    void signsSoThatReceiversFindItGenuineAndNothingElse() throws Exception {
        for (int i = 0; i < 200; i++) {
            var secret = Secret.random(new SecureRandom());
            var id = new UUID(random.nextLong(), random.nextLong());
            long timestamp = random.nextLong(4_000_000_000L);
            var body = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(body);
            var text = Long.toString(timestamp);
            var signature = secret.sign(id, timestamp, body);

            assertThat(SignatureCheck.isGenuine(secret.reveal(), id.toString(), text, body, "v1a,x " + signature))
                    .isTrue();
            body[random.nextInt(body.length)] ^= 1;
            assertThat(SignatureCheck.isGenuine(secret.reveal(), id.toString(), text, body, signature))
                    .isFalse();
        }
    }

    @Test
    void has256BitsThatSurviveStorage() {
        var secret = Secret.random(new SecureRandom());

        assertThat(secret.reveal()).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.reveal().substring(6))).hasSize(32);
        assertThat(new Secret(secret.key()).reveal()).isEqualTo(secret.reveal());
    }

    @Test
    void isNotShownWithWhatHoldsIt() {
        var secret = Secret.random(new SecureRandom());
        var claimed =
                new ClaimedDelivery(new UUID(1, 1), "chat", URI.create("https://example.org"), secret, "{}", 1, 0);

        assertThat(claimed.toString()).doesNotContain(secret.reveal().substring(6));
    }

    @Test
    void isCheckedByTheGuideAsHere() throws Exception {
        var guide = Files.readString(Path.of("docs/operating.md"));
        var method = Files.readAllLines(Path.of("src/test/java/dyno/webhook/SignatureCheck.java")).stream()
                .dropWhile(line -> !line.contains("static boolean isGenuine"))
                .map(line -> line.replaceFirst("^ {4}", ""))
                .takeWhile(line -> !line.equals("}"))
                .collect(Collectors.joining("\n"));

        assertThat(method).contains("mac.doFinal");
        assertThat(guide).contains("```java\n" + method + "\n}\n```");
    }
}
