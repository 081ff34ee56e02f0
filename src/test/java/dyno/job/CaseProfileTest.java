package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dyno.result.CaseResult.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseProfileTest {

    @TempDir
    private Path folder;

    @Test
    void keepsTheRecordingAndAFlameGraphThatNeedsNothingElse() throws Exception {
        var profile = new CaseProfile(Files.createDirectory(folder.resolve("fork")));
        Files.createDirectories(profile.recording().getParent());
        recordSomeWork(profile.recording());

        var kept = profile.keep(folder.resolve("outputs"), new UUID(0, 1), "one[size=2]");

        assertThat(kept).extracting(Artifact::name).containsExactly("flamegraph.html", "profile.jfr");
        var place = folder.resolve("outputs/" + new UUID(0, 1) + "/one%5Bsize%3D2%5D");
        var page = Files.readString(place.resolve("flamegraph.html"));
        assertThat(page).contains("one[size=2]", "churn").doesNotContain("src=\"http", "href=\"http");
        assertThat(RecordingFile.readAllEvents(place.resolve("profile.jfr"))).isNotEmpty();
    }

    @Test
    void saysThatThereIsNoRecording() {
        assertThatIOException()
                .isThrownBy(() -> new CaseProfile(folder.resolve("fork")).keep(folder, new UUID(0, 1), "one"))
                .withMessage("The fork wrote no recording");
    }

    /// Until the recorder has looked at this thread often enough to draw it.
    private static void recordSomeWork(Path file) throws Exception {
        try (var recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
            recording.start();
            long sum = 0;
            for (int round = 0; round < 400; round++) {
                sum += churn(round);
            }
            assertThat(sum).isNotZero();
            recording.stop();
            recording.dump(file);
        }
    }

    private static long churn(long seed) {
        long state = seed;
        for (int i = 0; i < 1_000_000; i++) {
            state = state * 0x9E3779B97F4A7C15L + (state >>> 7);
        }
        return state;
    }
}
